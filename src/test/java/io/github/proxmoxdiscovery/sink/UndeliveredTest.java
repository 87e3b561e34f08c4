package io.github.proxmoxdiscovery.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.host.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndeliveredTest {

    // 0x019ab0acb400 ms after 1970
    private static final String RUN = "019ab0ac-b400-7abc-8def-0123456789ab";

    @TempDir
    Path data;

    private Undelivered undelivered;
    private Path file;

    @BeforeEach
    void setUp() {
        undelivered = new Undelivered(data);
        file = undelivered.file("kafka", RUN);
    }

    @Test
    void hasOneFileASinkAndRun() {
        assertThat(data.relativize(file).toString()).matches("undelivered/kafka/\\d{8}T\\d{6}-6789ab\\.ndjson");
    }

    @Test
    void keepsEachHostWithTheReasonOneALine() throws IOException {
        undelivered.keep(
                "kafka", RUN, Reason.SINK_UNREACHABLE, "no \"broker\"\nat all", List.of("{\"id\":1}", "{\"id\":2}"));
        undelivered.keep("kafka", RUN, Reason.SINK_REJECTED, "413", List.of("{\"id\":3}"));
        undelivered.keep("http", RUN, Reason.SINK_PAUSED, "403", List.of("{\"id\":4}"));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"reason\":\"SINK_UNREACHABLE\",\"message\":\"no \\\"broker\\\"\\nat all\",\"host\":{\"id\":1}}",
                        "{\"reason\":\"SINK_UNREACHABLE\",\"message\":\"no \\\"broker\\\"\\nat all\",\"host\":{\"id\":2}}",
                        "{\"reason\":\"SINK_REJECTED\",\"message\":\"413\",\"host\":{\"id\":3}}");
        assertThat(Files.readAllLines(undelivered.file("http", RUN)))
                .containsExactly("{\"reason\":\"SINK_PAUSED\",\"message\":\"403\",\"host\":{\"id\":4}}");
    }

    @Test
    void whatARouteFileMadeOfAMessageIsKeptAsText() throws IOException {
        undelivered.keep("kafka", RUN, Reason.SINK_PAUSED, "x", List.of("<host>\n</host>", "{\"id\":1} and more", ""));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"reason\":\"SINK_PAUSED\",\"message\":\"x\",\"host\":\"<host>\\n</host>\"}",
                        "{\"reason\":\"SINK_PAUSED\",\"message\":\"x\",\"host\":\"{\\\"id\\\":1} and more\"}",
                        "{\"reason\":\"SINK_PAUSED\",\"message\":\"x\",\"host\":\"\"}");
    }

    @Test
    void keepsEveryDigitOfANumber() throws IOException {
        String host = "{\"a\":12345678901234567890123,\"b\":0.1234567890123456789,\"c\":1.10}";
        undelivered.keep("kafka", RUN, Reason.SINK_PAUSED, "x", List.of(host));
        assertThat(file).content().contains("\"host\":" + host);
    }

    @Test
    void nothingToKeepLeavesNoLine() throws IOException {
        undelivered.keep("kafka", RUN, Reason.SINK_PAUSED, "x", List.of());
        assertThat(file).isEmptyFile();
    }

    @Test
    void aCrashInTheMiddleOfALineSpoilsNoOther() throws IOException {
        undelivered.keep("kafka", RUN, Reason.SINK_PAUSED, "x", List.of("{\"id\":1}"));
        Files.writeString(file, "{\"reason\":\"SINK", StandardOpenOption.APPEND);
        undelivered.keep("kafka", RUN, Reason.SINK_PAUSED, "x", List.of("{\"id\":2}"));
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"reason\":\"SINK_PAUSED\",\"message\":\"x\",\"host\":{\"id\":1}}",
                        "{\"reason\":\"SINK_PAUSED\",\"message\":\"x\",\"host\":{\"id\":2}}");
    }
}
