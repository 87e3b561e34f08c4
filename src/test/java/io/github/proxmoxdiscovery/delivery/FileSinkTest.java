package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    @TempDir
    private Path folder;

    @Test
    void writesTheFileOfTheRunItsReportAndTheLatest() {
        try (Lab lab = Lab.of(folder, 7)) {
            Program.Result result = lab.program("file").run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            Path run = lab.output().runs("lab").get(0);
            String name = run.getFileName().toString().replace(".ndjson", "");
            assertThat(lab.output().names("lab"))
                    .containsExactlyInAnyOrder(name + ".ndjson", name + ".report.json", "latest.ndjson");
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
            assertThat(run.resolveSibling("latest.ndjson")).hasSameTextualContentAs(run);
            lab.output().lines().forEach(MessageSchema::validate);
            reportIsRight(
                    Output.lines(run.resolveSibling(name + ".report.json")).get(0), name);
        }
    }

    private static void reportIsRight(String json, String name) {
        MessageSchema.validateReport(json);
        JsonNode report = Output.json(json);
        assertThat(report.path("hosts").asInt()).isEqualTo(7);
        assertThat(report.at("/delivered/file").toString()).isEqualTo("{\"ok\":0,\"failed\":0,\"pending\":7}");
        assertThat(report.path("run_id").asText()).endsWith(name.substring(name.length() - 6));
        assertThat(report.path("started_at").asText().replaceAll("[-:]", "")).startsWith(name.substring(0, 15));
    }

    @Test
    void leavesTheLatestAloneWhenARunIsNotComplete() throws IOException {
        try (Lab lab = Lab.of(folder, 3)) {
            lab.program("file").run("once");
            Path latest = lab.output().of("lab").resolve("latest.ndjson");
            String before = Files.readString(latest);
            lab.cluster().fault("/qemu/102/config", Fault.status(403, "Forbidden"));
            assertThat(lab.program("file").run("once").exitCode()).isEqualTo(3);
            assertThat(lab.output().runs("lab")).hasSize(2);
            assertThat(latest).hasContent(before);
        }
    }

    @Test
    void showsAReaderAWholeLatestAtEveryMoment() throws Exception {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try (Lab lab = Lab.of(folder, 60)) {
            lab.program("file").run("once");
            AtomicBoolean over = new AtomicBoolean();
            Path latest = lab.output().of("lab").resolve("latest.ndjson");
            Future<Integer> reads = reader.submit(() -> readsUntil(over, latest, 60));
            for (int run = 0; run < 4; run++) {
                lab.program("file").run("once");
            }
            over.set(true);
            assertThat(reads.get()).isPositive();
        } finally {
            reader.shutdownNow();
        }
    }

    private static int readsUntil(AtomicBoolean over, Path latest, int hosts) throws IOException {
        int reads = 0;
        while (!over.get()) {
            String text = Files.readString(latest);
            assertThat(text).endsWith("}\n");
            assertThat(text.lines()
                            .map(line -> Output.json(line).path("run_id"))
                            .distinct())
                    .hasSize(1);
            assertThat(text.lines()).hasSize(hosts);
            reads++;
        }
        return reads;
    }

    @Test
    void keepsTwoClustersApartInOneDirectory() {
        try (Lab lab = Lab.of(folder, 3)) {
            Program.Result result = lab.connected(lab.program("file"), "other")
                    .with("proxmox.clusters", "lab,other")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
            assertThat(Output.ids(Output.lines(lab.output().of("other").resolve("latest.ndjson"))))
                    .containsExactly("other/qemu/101/net0", "other/qemu/102/net0", "other/qemu/103/net0");
        }
    }

    @Test
    void keepsWhatItCannotWriteAndHoldsUpNoOtherSink() throws IOException {
        Files.writeString(folder.resolve("out"), "a file where the folder should be");
        try (Lab lab = Lab.of(folder, 4);
                Webhook webhook = Webhook.thatTakesAll()) {
            Program.Result result = lab.program("file,http")
                    .with("sink.http.url", webhook.url())
                    .with("discovery.delivery-timeout", "1s")
                    .run("once");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(webhook.ids()).isEqualTo(lab.ids());
            assertThat(lab.output().undeliveredIds("file")).isEqualTo(lab.ids());
            assertThat(lab.output().reasons("file")).containsExactly("SINK_UNREACHABLE");
            assertThat(result.err()).contains("sink http took 4 hosts", "sink file took 0 hosts and did not take 4");
        }
    }

    @Test
    void writesNothingTornWhenItsFolderComesBack() throws IOException {
        Path out = Files.writeString(folder.resolve("out"), "in the way");
        try (Lab lab = Lab.of(folder, 4);
                Webhook webhook = Webhook.that(request -> {
                    delete(out);
                    return Webhook.Answer.of(200);
                })) {
            Program.Result result = lab.program("file,http")
                    .with("sink.http.url", webhook.url())
                    .with("discovery.delivery-timeout", "20s")
                    .run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(lab.output().ids()).isEqualTo(lab.ids());
            assertThat(lab.output().undelivered("file")).isEqualTo(List.of());
        }
    }

    private static void delete(Path file) {
        try {
            if (Files.isRegularFile(file)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
