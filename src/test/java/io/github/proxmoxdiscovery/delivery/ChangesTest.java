package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.sim.AgentState;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sink with emit=changes is told what is new, different or gone: by http alone and in batches, file and kafka. */
@ExtendWith(WithKafka.class)
class ChangesTest {

    private static final String UUID_OF_THE_FIRST = "uuid=5f1d7c3e-0000-4000-8000-000000000101";
    private static final String UUID_OF_THE_SECOND = "uuid=5f1d7c3e-0000-4000-8000-000000000999";

    @TempDir
    private Path folder;

    static Stream<Way> ways(KafkaBroker kafka) {
        return Way.all(kafka);
    }

    private static void run(Program program) {
        Program.Result result = program.run("once");
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsEachHostOnceAndThenOnlyHowItChanges(Way way) {
        try (Lab lab = Lab.of(folder, 3)) {
            run(way.program(lab));
            assertThat(way.news(lab)).containsExactly("discovered 101 1.1", "discovered 102 1.1", "discovered 103 1.1");
            run(way.program(lab));
            assertThat(way.news(lab)).isEmpty();
            lab.cluster().change(102, vm -> vm.config("name", "büro-80%"));
            run(way.program(lab));
            isRenamed(way.newEvents(lab), "vm-102", "büro-80%", 2);
            lab.cluster().change(102, vm -> vm.config("name", "after"));
            run(way.program(lab));
            isRenamed(way.newEvents(lab), "büro-80%", "after", 3);
            assertThat(lab.output().lackingIds(way.sink())).isEmpty();
        }
    }

    private static void isRenamed(List<HostEvent> events, String before, String now, int revision) {
        assertThat(events).hasSize(1).first().satisfies(event -> {
            assertThat(event).hasToString("updated 102 1." + revision);
            assertThat(event.get("changed")).isEqualTo("hostname,proxmox.name");
            JsonNode previous = Output.json(event.get("previous"));
            assertThat(previous).hasSize(2);
            assertThat(previous.path("hostname").asText()).isEqualTo(before);
            assertThat(previous.path("proxmox.name").asText()).isEqualTo(before);
            assertThat(event.attributes()).doesNotContainKey("reason");
            assertThat(event.data().path("hostname").asText()).isEqualTo(now);
            assertThat(event.generation()).isEqualTo(1);
            assertThat(event.revision()).isEqualTo(revision);
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsThatAHostIsGoneWhenTwoCompleteLooksInARowDidNotFindIt(Way way) {
        try (Lab lab = Lab.of(folder, 3)) {
            run(way.program(lab));
            way.news(lab);
            lab.cluster().remove(102);
            run(way.program(lab));
            assertThat(way.news(lab)).isEmpty();
            run(way.program(lab));
            List<HostEvent> events = way.newEvents(lab);
            assertThat(events).hasSize(1).first().satisfies(event -> {
                assertThat(event).hasToString("removed 102 1.2");
                assertThat(event.get("reason")).isEqualTo("guest_gone");
                assertThat(event.attributes()).doesNotContainKeys("changed", "previous");
                assertThat(event.data().path("hostname").asText()).isEqualTo("vm-102");
                assertThat(event.revision()).isEqualTo(2);
            });
            run(way.program(lab));
            assertThat(way.news(lab)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsTheEndOfAGuestWhoseNumberAnotherOneHasBeforeItTellsOfThatOne(Way way) {
        try (Lab lab = Lab.of(folder, 2)) {
            lab.cluster().change(101, vm -> vm.config("smbios1", UUID_OF_THE_FIRST));
            run(way.program(lab));
            way.news(lab);
            lab.cluster()
                    .change(101, vm -> vm.config("smbios1", UUID_OF_THE_SECOND).config("name", "other"));
            run(way.program(lab));
            List<HostEvent> events = way.newEvents(lab);
            assertThat(events.stream().map(HostEvent::toString))
                    .containsExactly("removed 101 1.2", "discovered 101 2.3");
            assertThat(events.get(0).get("reason")).isEqualTo("guest_replaced");
            assertThat(events.get(0).data().path("hostname").asText()).isEqualTo("vm-101");
            assertThat(events.get(0).generation()).isEqualTo(1);
            assertThat(events.get(1).data().path("hostname").asText()).isEqualTo("other");
            assertThat(events.get(1).generation()).isEqualTo(2);
            run(way.program(lab));
            assertThat(way.news(lab)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void tellsThatTheFiltersLeaveAHostOutAndThatTheyDoNotAnyMore(Way way) {
        try (Lab lab = Lab.of(folder, 3)) {
            run(way.program(lab));
            way.news(lab);
            run(way.program(lab).with("discovery.exclude.tags", "prod"));
            assertThat(way.newEvents(lab)).hasSize(1).first().satisfies(event -> {
                assertThat(event).hasToString("excluded 102 1.2");
                assertThat(event.get("reason")).isEqualTo("filtered");
            });
            run(way.program(lab).with("discovery.exclude.tags", "prod"));
            assertThat(way.news(lab)).isEmpty();
            run(way.program(lab));
            assertThat(way.news(lab)).containsExactly("discovered 102 1.3");
        }
    }

    @Test
    void saysNothingOfFilteredHostsToASinkThatDoesNotWantToKnow() {
        try (Lab lab = Lab.of(folder, 3);
                Way way = Way.http(1)) {
            run(quiet(way, lab));
            way.news(lab);
            run(quiet(way, lab).with("discovery.exclude.tags", "prod"));
            run(quiet(way, lab));
            assertThat(way.news(lab)).isEmpty();
            run(quiet(way, lab).with("discovery.exclude.tags", "prod"));
            lab.cluster().change(102, vm -> vm.config("name", "renamed"));
            run(quiet(way, lab));
            assertThat(way.news(lab)).containsExactly("updated 102 1.5");
        }
    }

    private static Program quiet(Way way, Lab lab) {
        return way.program(lab).with("sink.http.excluded", "nothing");
    }

    @Test
    void saysNothingWhenAnAgentFallsSilentOrAddressesComeInAnotherOrder() {
        try (Lab lab = Lab.of(folder, 2);
                Way way = Way.http(1)) {
            lab.cluster()
                    .change(
                            101,
                            vm -> vm.running()
                                    .agent(AgentState.ok())
                                    .inside("eth0", "bc:24:11:00:00:65", "10.0.0.7/24", "10.0.0.8/24"));
            run(way.program(lab));
            assertThat(way.newEvents(lab).get(0).data().path("ip_addresses")).hasSize(2);
            lab.cluster().change(101, vm -> vm.agent(AgentState.dead()));
            for (int run = 0; run < 3; run++) {
                run(way.program(lab));
            }
            lab.cluster()
                    .change(
                            101,
                            vm -> vm.agent(AgentState.ok())
                                    .nothingInside()
                                    .inside("eth0", "bc:24:11:00:00:65", "10.0.0.8/24", "10.0.0.7/24"));
            run(way.program(lab));
            assertThat(way.news(lab)).isEmpty();
        }
    }

    @Test
    void tellsWhichInterfaceIsGoneThoughItsGuestIsThere() {
        try (Lab lab = Lab.of(folder, 2);
                Way way = Way.http(1)) {
            lab.cluster().change(101, vm -> vm.config("net1", "virtio=BC:24:11:01:00:65,bridge=vmbr1"));
            run(way.program(lab));
            assertThat(way.news(lab)).hasSize(3);
            lab.cluster().change(101, vm -> vm.withoutConfig("net1"));
            run(way.program(lab));
            run(way.program(lab));
            List<HostEvent> events = way.newEvents(lab);
            assertThat(events).hasSize(1);
            assertThat(events.get(0).get("subject")).isEqualTo("lab/qemu/101/net1");
            assertThat(events.get(0).get("reason")).isEqualTo("interface_gone");
        }
    }

    @Test
    void sendsHeadersOfAsciiOnlyWhateverTheOldNameWas() {
        try (Lab lab = Lab.of(folder, 1);
                Webhook webhook = Webhook.thatTakesAll()) {
            Program program =
                    lab.program("http").with("sink.http.url", webhook.url()).with("sink.http.emit", "changes");
            lab.cluster().change(101, vm -> vm.config("name", "büro"));
            run(program);
            lab.cluster().change(101, vm -> vm.config("name", "office"));
            run(program);
            Webhook.Request request = webhook.requests().get(1);
            assertThat(request.header("ce-previous"))
                    .contains("%22hostname%22:%22b%C3%BCro%22")
                    .doesNotContain("\"", " ");
            assertThat(request.header("idempotency-key")).isEqualTo(request.header("ce-id"));
            assertThat(request.header("ce-id")).matches("lab/qemu/101/net0@[0-9a-z]+\\.1\\.2");
        }
    }
}
