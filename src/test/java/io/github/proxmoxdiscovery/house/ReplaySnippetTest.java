package io.github.proxmoxdiscovery.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippet that sends undelivered hosts again loses none of them. */
class ReplaySnippetTest {

    static final String MARKER = "test: sends all lines, and keeps the file when one of them is refused";

    private static final int REFUSED = 2;

    @TempDir
    private Path folder;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Path file;
    private int answerToTheSecond = 200;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(isThere("jq") && isThere("curl"), "jq and curl are there");
        file = folder.resolve("undelivered.ndjson");
        Files.write(file, Stream.of("1", "2", "3").map(ReplaySnippetTest::line).toList());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hosts", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(tool)));
    }

    private static String line(String number) {
        return "{\"reason\":\"SINK_UNREACHABLE\",\"host\":{\"id\":\"lab/qemu/" + number + "/net0\",\"run_id\":\"r\"}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        exchange.sendResponseHeaders(requests.size() == REFUSED ? answerToTheSecond : 200, -1);
        exchange.close();
    }

    private int run() throws Exception {
        Doc.Snippet snippet = Doc.snippets("sh")
                .filter(candidate -> candidate.marker().equals(MARKER))
                .findFirst()
                .orElseThrow();
        String text = snippet.text()
                .replaceFirst("(?m)^file=.*$", "file='" + file + "'")
                .replaceFirst(
                        "(?m)^url=.*$",
                        "url=http://127.0.0.1:" + server.getAddress().getPort() + "/hosts");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", text).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("output").toFile());
        builder.environment().put("SINK_HTTP_TOKEN", "not-a-secret");
        Process bash = builder.start();
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return bash.exitValue();
    }

    @Test
    void sendsEachHostWithItsKeyAndRemovesTheFile() throws Exception {
        assertThat(run()).isZero();
        assertThat(requests)
                .hasSize(3)
                .first()
                .isEqualTo("r/lab/qemu/1/net0 Bearer not-a-secret {\"id\":\"lab/qemu/1/net0\",\"run_id\":\"r\"}");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 500})
    void stopsAtTheFirstHostThatIsNotTakenAndKeepsTheFile(int status) throws Exception {
        answerToTheSecond = status;
        assertThat(run()).isNotZero();
        assertThat(requests).hasSize(REFUSED);
        assertThat(file).exists();
    }

    @Test
    void keepsAFileThatIsCutShort() throws Exception {
        Files.writeString(file, line("1") + "\n{\"reason\":");
        assertThat(run()).isNotZero();
        assertThat(file).exists();
    }
}
