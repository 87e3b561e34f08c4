package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.GuestType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Recorded answers, spoilt: any place replaced, retyped, taken out, or the text cut off anywhere. */
class MutatedAnswersTest {

    private static final Path SHARED =
            Path.of(System.getProperty("basedir", System.getProperty("user.dir")), "..", "shared");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SPOILT = 150;
    private static final int LARGEST = 200_000;

    private static List<JsonNode> answers = List.of();

    @BeforeAll
    static void read() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "recorded answers are not part of the project");
        answers = Stream.of("proxmox/transcripts", "fixtures")
                .map(SHARED::resolve)
                .filter(Files::isDirectory)
                .flatMap(MutatedAnswersTest::files)
                .flatMap(file -> data(file).stream())
                .toList();
        assumeTrue(!answers.isEmpty());
    }

    @Test
    void aSpoiltPlaceNeverMakesAParserThrow() {
        for (JsonNode answer : answers) {
            for (int seed = 0; seed < SPOILT; seed++) {
                JsonNode spoilt = new JsonMutation(new Random(seed)).of(answer);
                ParsersTakeAnythingTest.readJson(spoilt);
                assertThatCode(() -> assembled(spoilt)).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void aTextThatIsCutOffIsNoJsonOrIsRead() throws IOException {
        Random random = new Random(1);
        for (JsonNode answer : answers) {
            String text = JSON.writeValueAsString(answer);
            for (int round = 0; round < SPOILT; round++) {
                parsed(text.substring(0, random.nextInt(text.length() + 1)))
                        .ifPresent(ParsersTakeAnythingTest::readJson);
            }
        }
    }

    /** As config and as agent's answer, whatever it was. */
    private static void assembled(JsonNode data) {
        for (GuestType type : GuestType.values()) {
            HostPropertiesTest.assemble(type, data, data);
        }
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            // It is refused, before any of our parsers sees it.
            return Optional.empty();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands behind {@code data} in the file, or in the body of a recorded answer. */
    private static Optional<JsonNode> data(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            int start = text.indexOf('{');
            return start < 0 || text.length() > LARGEST
                    ? Optional.empty()
                    : parsed(text.substring(start)).map(json -> json.has("data") ? json.get("data") : json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
