package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.NodeState;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that was not found is not a host that is gone. */
class RemovalsTest {

    @TempDir
    private Path folder;

    private static Program program(Way way, Lab lab) {
        return way.program(lab).with("discovery.sinks", "http,file").with("proxmox.lab.retries", "0");
    }

    @Test
    void areHeldBackWhenManyHostsVanishAtOnceUntilSomebodyConfirmsThem() {
        try (Lab lab = Lab.of(folder, 20);
                Way way = Way.http(500)) {
            program(way, lab).run("once");
            assertThat(way.news(lab)).hasSize(20);
            IntStream.rangeClosed(101, 106).forEach(lab.cluster()::remove);
            for (int run = 0; run < 4; run++) {
                isHeldBack(program(way, lab).run("once"));
                assertThat(removals(lab).path("held").asInt()).isEqualTo(6);
                assertThat(removals(lab).path("removed").asInt()).isZero();
            }
            assertThat(way.news(lab)).isEmpty();
            assertThat(Output.ids(lab.output().latest("lab"))).hasSize(20);
            assertThat(lab.output().<List<String>>inLedger(ledger -> ledger.held("lab")))
                    .hasSize(6)
                    .startsWith("lab/qemu/101/net0");
            assertThat(lab.output().<Integer>inLedger(ledger -> ledger.confirmRemovals("lab")))
                    .isEqualTo(6);
            Program.Result result = program(way, lab).run("once");
            assertThat(result.err()).doesNotContain("HELD BACK").contains("lab: 6 removed");
            assertThat(removals(lab).toString()).isEqualTo("{\"removed\":6,\"missing\":0,\"held\":0,\"reason\":null}");
            assertThat(way.news(lab)).hasSize(6).allMatch(event -> event.startsWith("removed 10"));
            assertThat(Output.ids(lab.output().latest("lab")))
                    .isEqualTo(lab.ids())
                    .hasSize(14);
        }
    }

    private static void isHeldBack(Program.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err().lines().filter(line -> line.contains("HELD BACK")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .contains(" WARN ", "lab: REMOVALS HELD BACK: 6 hosts", "confirm-removals --cluster lab"));
    }

    /** What the last report says of them. */
    private static JsonNode removals(Lab lab) {
        return lab.output().runs("lab").stream()
                .map(run -> run.getFileName().toString().replace(".ndjson", ".report.json"))
                .map(name -> Output.lines(lab.output().of("lab").resolve(name)).get(0))
                .peek(MessageSchema::validateReport)
                .map(Output::json)
                .max(Comparator.comparing(report -> report.path("run_id").asText()))
                .orElseThrow()
                .path("removals");
    }

    @Test
    void areNotHeldBackWhenTheHostsComeBack() {
        try (Lab lab = Lab.of(folder, 20);
                Way way = Way.http(500)) {
            program(way, lab).run("once");
            way.news(lab);
            lab.cluster().fault("/cluster/resources", Fault.json("{\"data\":[]}"), 1);
            program(way, lab).run("once");
            Program.Result result = program(way, lab).run("once");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).doesNotContain("HELD BACK");
            assertThat(way.news(lab)).isEmpty();
        }
    }

    interface Trouble {
        void begin(Lab lab);
    }

    private static Trouble named(String name, Trouble trouble) {
        return new Trouble() {
            @Override
            public void begin(Lab lab) {
                trouble.begin(lab);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                named("a node is offline", lab -> lab.cluster().node("pve2", NodeState.offline())),
                named("the list is refused", lab -> lab.cluster().fault("/cluster/resources", Fault.status(500, "no"))),
                named("the list is cut short", lab -> lab.cluster().fault("/cluster/resources", Fault.cut(40))),
                named("a config is refused", lab -> lab.cluster().fault("/qemu/102/config", Fault.status(403, "no"))),
                named("nobody answers", lab -> lab.cluster().fault("/api2", Fault.reset())));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void neverComeOfALookThatWasNotComplete(Trouble trouble) {
        try (Lab lab = Lab.of(folder, 6);
                Way way = Way.http(500)) {
            program(way, lab).run("once");
            assertThat(way.news(lab)).hasSize(6);
            trouble.begin(lab);
            // It really is gone, but who is to tell?
            lab.cluster().remove(103);
            for (int run = 0; run < 4; run++) {
                assertThat(program(way, lab).run("once").exitCode()).isIn(3, 4);
            }
            assertThat(way.news(lab)).isEmpty();
            lab.cluster().clearFaults();
            lab.cluster().node("pve2", NodeState.online());
            program(way, lab).run("once");
            assertThat(way.news(lab)).isEmpty();
            program(way, lab).run("once");
            assertThat(way.news(lab)).containsExactly("removed 103 1.2");
        }
    }
}
