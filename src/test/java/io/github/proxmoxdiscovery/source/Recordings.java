package io.github.proxmoxdiscovery.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.proxmoxdiscovery.sim.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Answers of real servers, recorded outside the project and only read here. Where their folder is not at hand, tests
 * are skipped; where it is, it must have them.
 */
final class Recordings {

    private static final Path SHARED = Path.of("..", "shared");

    /** A recorded answer, byte for byte, and the path to which it was given. */
    record Recorded(String path, String statusLine, byte[] answer) {

        Fault fault() {
            return Fault.exactly(answer);
        }
    }

    private Recordings() {}

    static Recorded transcript(String name) throws IOException {
        Path file = folder("proxmox/transcripts").resolve(name + ".http");
        // Each byte one character, so that the body goes out as it came.
        List<String> lines =
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
        int status = lines.indexOf("") + 1;
        int head = status + lines.subList(status, lines.size()).indexOf("");
        assertThat(lines.get(status)).as(name).startsWith("HTTP/1.1 ");
        List<String> answer = new ArrayList<>(lines.subList(status, head));
        String body = head + 1 < lines.size() ? lines.get(head + 1) : "";
        String text = String.join("\r\n", answer) + "\r\n\r\n" + body;
        return new Recorded(
                lines.get(0).substring("> GET ".length()),
                lines.get(status),
                text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A captured answer of another project's tests. */
    static String fixture(String name) throws IOException {
        String text = Files.readString(folder("fixtures").resolve(name));
        assertThat(text).as(name).contains("\"data\"");
        return text;
    }

    private static Path folder(String name) throws IOException {
        assumeTrue(Files.exists(SHARED), "no recorded answers at hand");
        Path folder = SHARED.resolve(name);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("recorded answers in " + folder).isNotEmpty();
        }
        return folder;
    }
}
