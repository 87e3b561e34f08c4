package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.AgentState;
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
            assertThat(lab.output().latest("lab"))
                    .isEqualTo(lab.output().lines().stream().sorted().toList());
            lab.output().lines().forEach(FileSinkTest::isNew);
            reportIsRight(
                    Output.lines(run.resolveSibling(name + ".report.json")).get(0), name);
        }
    }

    private static void isNew(String message) {
        MessageSchema.validate(message);
        assertThat(Output.json(message).path("generation").asInt()).isEqualTo(1);
        assertThat(Output.json(message).path("revision").asInt()).isEqualTo(1);
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
    void keepsInTheLatestAsStaleWhatARunDidNotSee() {
        try (Lab lab = Lab.of(folder, 3)) {
            lab.cluster()
                    .change(
                            102,
                            vm -> vm.running()
                                    .agent(AgentState.ok())
                                    .inside("eth0", "BC:24:11:00:00:66", "10.0.0.2/24"));
            lab.program("file").run("once");
            List<String> before = lab.output().latest("lab");
            lab.cluster().fault("/qemu/102/config", Fault.status(403, "Forbidden"));
            lab.cluster().change(103, vm -> vm.config("name", "renamed"));
            assertThat(lab.program("file").run("once").exitCode()).isEqualTo(3);
            List<String> latest = lab.output().latest("lab");
            latest.forEach(MessageSchema::validate);
            assertThat(Output.ids(latest)).isEqualTo(lab.ids());
            isStaleButTheSame(Output.json(latest.get(1)), Output.json(before.get(1)));
            assertThat(latest.get(2)).contains("\"hostname\":\"renamed\"").doesNotContain("ADDRESSES_STALE");
        }
    }

    private static void isStaleButTheSame(JsonNode now, JsonNode before) {
        assertThat(now.at("/proxmox/notes").toString()).isEqualTo("[\"ADDRESSES_STALE\"]");
        assertThat(now.at("/proxmox/addresses/0/stale").asBoolean()).isTrue();
        assertThat(before.at("/proxmox/addresses/0/stale").asBoolean(true)).isFalse();
        for (String same : List.of("id", "run_id", "observed_at", "ip_addresses", "generation", "revision")) {
            assertThat(now.get(same)).as(same).isEqualTo(before.get(same)).isNotNull();
        }
    }

    @Test
    void hasNoLatestUntilTheClusterWasSeenWhole() {
        try (Lab lab = Lab.of(folder, 3)) {
            lab.cluster().fault("/qemu/102/config", Fault.status(403, "Forbidden"));
            assertThat(lab.program("file").run("once").exitCode()).isEqualTo(3);
            assertThat(lab.output().ids()).containsExactly("lab/qemu/101/net0", "lab/qemu/103/net0");
            assertThat(lab.output().of("lab").resolve("latest.ndjson")).doesNotExist();
            lab.cluster().clearFaults();
            assertThat(lab.program("file").run("once").exitCode()).isZero();
            assertThat(Output.ids(lab.output().latest("lab"))).isEqualTo(lab.ids());
        }
    }

    @Test
    void takesOutOfTheLatestWhatIsRemoved() {
        try (Lab lab = Lab.of(folder, 3)) {
            lab.program("file").run("once");
            lab.cluster().remove(102);
            lab.program("file").run("once");
            assertThat(Output.ids(lab.output().latest("lab"))).hasSize(3);
            assertThat(lab.output().latest("lab").get(1)).contains("lab/qemu/102/net0", "ADDRESSES_STALE");
            lab.program("file").run("once");
            assertThat(Output.ids(lab.output().latest("lab")))
                    .isEqualTo(lab.ids())
                    .hasSize(2);
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
            assertThat(lab.output().lackingIds("file")).isEqualTo(lab.ids());
            assertThat(lab.output().lackingIds("http")).isEmpty();
            assertThat(result.err())
                    .contains("sink http took 4 hosts", "sink file took 0 hosts, and lacks 4")
                    .contains("Last: the report: ");
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
            assertThat(lab.output().lackingIds("file")).isEmpty();
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
