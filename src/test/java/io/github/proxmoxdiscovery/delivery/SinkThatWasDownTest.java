package io.github.proxmoxdiscovery.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.cli.Program;
import io.github.proxmoxdiscovery.delivery.Webhook.Answer;
import io.github.proxmoxdiscovery.delivery.Webhook.Request;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import io.github.proxmoxdiscovery.sim.SimulatedGuest;
import io.github.proxmoxdiscovery.source.Discovery;
import io.github.proxmoxdiscovery.source.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sink could not take, or rejected, it is given later: as it is then, and once. */
class SinkThatWasDownTest {

    private static final int OK = 200;
    private static final int DOWN = 503;

    /** Nothing more is asked of such a sink in the same run. */
    private static final int REFUSES_ALL = 401;

    @TempDir
    private Path folder;

    private final AtomicInteger status = new AtomicInteger(OK);
    private final List<Request> taken = new CopyOnWriteArrayList<>();

    private Webhook webhook() {
        return Webhook.that(request -> {
            if (status.get() == OK) {
                taken.add(request);
            }
            return Answer.of(status.get());
        });
    }

    /** What was taken since this was asked last. */
    private List<String> events() {
        List<String> events =
                taken.stream().map(HostEvent::of).map(HostEvent::toString).toList();
        taken.clear();
        return events;
    }

    private List<String> eventsOfBatches() {
        List<String> events = taken.stream()
                .flatMap(request -> HostEvent.ofBatch(request.body()).stream())
                .map(HostEvent::toString)
                .toList();
        taken.clear();
        return events;
    }

    private static Program changes(Lab lab, Webhook webhook) {
        return lab.program("http")
                .with("sink.http.url", webhook.url())
                .with("sink.http.emit", "changes")
                .with("discovery.delivery-timeout", "1s");
    }

    private static void rename(Lab lab, int vmid, String name) {
        lab.cluster().change(vmid, vm -> vm.config("name", name));
    }

    @Test
    void getsOnlyTheNewestStateOfEachHostAndThatOnce() {
        try (Lab lab = Lab.of(folder, 4);
                Webhook webhook = webhook()) {
            changes(lab, webhook).run("once");
            assertThat(events()).hasSize(4);
            status.set(REFUSES_ALL);
            for (String name : List.of("a", "b", "c")) {
                rename(lab, 101, name);
                rename(lab, 102, name);
                assertThat(changes(lab, webhook).run("once").exitCode()).isEqualTo(5);
            }
            rename(lab, 102, "vm-102");
            lab.cluster().remove(103);
            assertThat(changes(lab, webhook).run("once").exitCode()).isEqualTo(5);
            assertThat(lab.output().lackingIds("http")).containsExactly("lab/qemu/101/net0");
            status.set(OK);
            changes(lab, webhook).run("once");
            assertThat(taken).hasSize(2);
            assertThat(Output.json(HostEvent.of(taken.get(0)).get("previous"))
                            .path("hostname")
                            .asText())
                    .as("what the sink has, not what was between")
                    .isEqualTo("vm-101");
            assertThat(events()).containsExactly("updated 101 1.4", "removed 103 1.2");
            assertThat(changes(lab, webhook).run("once").exitCode()).isZero();
            assertThat(events()).isEmpty();
        }
    }

    @Test
    void isToldOfTheWholeHostIfItMayHaveTakenWhatItAnsweredWithAnError() {
        try (Lab lab = Lab.of(folder, 4);
                Webhook webhook = webhook()) {
            changes(lab, webhook).run("once");
            assertThat(events()).hasSize(4);
            status.set(DOWN);
            rename(lab, 101, "a");
            rename(lab, 102, "a");
            assertThat(changes(lab, webhook).run("once").exitCode()).isEqualTo(5);
            rename(lab, 101, "vm-101");
            rename(lab, 102, "vm-102");
            status.set(OK);
            changes(lab, webhook).run("once");
            assertThat(events())
                    .as("101 may be known by the name that it had in between; 102 was not even offered")
                    .containsExactly("discovered 101 1.3");
            changes(lab, webhook).run("once");
            assertThat(events()).isEmpty();
        }
    }

    @Test
    void isToldNothingOfAHostThatCameAndWentMeanwhile() {
        try (Lab lab = Lab.of(folder, 2);
                Webhook webhook = webhook()) {
            changes(lab, webhook).run("once");
            events();
            status.set(REFUSES_ALL);
            lab.cluster()
                    .put(SimulatedGuest.qemu(150, "short").config("net0", "virtio=BC:24:11:00:01:50,bridge=vmbr0"));
            changes(lab, webhook).run("once");
            lab.cluster().remove(150);
            changes(lab, webhook).run("once");
            changes(lab, webhook).run("once");
            status.set(OK);
            assertThat(changes(lab, webhook).run("once").exitCode()).isZero();
            assertThat(events()).isEmpty();
        }
    }

    @Test
    void isToldOfEveryHostOnceMoreWithTheSameIdsWhenItIsToBeBroughtUpToDate() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = webhook()) {
            changes(lab, webhook).run("once");
            List<String> ids = ids();
            lab.cluster().remove(103);
            changes(lab, webhook).run("once");
            changes(lab, webhook).run("once");
            assertThat(events()).containsExactly("removed 103 1.2");
            assertThat(lab.output().<Integer>inLedger(ledger -> ledger.resync("http")))
                    .isEqualTo(2);
            status.set(REFUSES_ALL);
            changes(lab, webhook).run("once");
            status.set(OK);
            changes(lab, webhook).run("once");
            assertThat(ids()).isEqualTo(ids.subList(0, 2)).allMatch(id -> id.endsWith(".1.1"));
            changes(lab, webhook).run("once");
            assertThat(events()).isEmpty();
        }
    }

    private List<String> ids() {
        List<String> ids =
                taken.stream().map(request -> request.header("ce-id")).toList();
        taken.clear();
        return ids;
    }

    @Test
    void getsAllHostsWithTheNextFullRunAndThoseItLacksAlsoWithAQuickRun() throws IOException {
        try (SimulatedCluster cluster = cluster(6);
                Webhook webhook = webhook();
                Service service = service(cluster, webhook)) {
            status.set(REFUSES_ALL);
            service.pollNow();
            awaitAsked(webhook);
            status.set(OK);
            cluster.change(101, vm -> vm.config("name", "renamed"));
            service.pollQuickly("lab");
            awaitTaken(6);
            assertThat(Output.ids(bodies())).hasSize(6).doesNotHaveDuplicates();
            assertThat(bodies()).anyMatch(body -> body.contains("\"hostname\":\"renamed\""));
            taken.clear();
            service.pollNow();
            awaitTaken(6);
            assertThat(Output.ids(bodies())).hasSize(6).doesNotHaveDuplicates();
        }
    }

    private static SimulatedCluster cluster(int guests) {
        SimulatedCluster.Builder cluster = Discovery.cluster();
        IntStream.rangeClosed(101, 100 + guests)
                .forEach(vmid -> cluster.guest(SimulatedGuest.qemu(vmid, "vm-" + vmid)
                        .config("net0", "virtio=BC:24:11:00:00:%02X,bridge=vmbr0".formatted(vmid))));
        return cluster.start();
    }

    private Service service(SimulatedCluster cluster, Webhook webhook) throws IOException {
        return Service.start(Discovery.of(folder, cluster)
                .with("discovery.sinks", "http,file")
                .with("sink.http.url", webhook.url())
                .with("discovery.delivery-timeout", "1s"));
    }

    private static void awaitAsked(Webhook webhook) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !webhook.requests().isEmpty());
    }

    private void awaitTaken(int number) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> taken.size() >= number);
    }

    private List<String> bodies() {
        return taken.stream().map(Request::body).toList();
    }

    @Test
    void isNotOfferedAtOnceAgainWhatItRejectedUntilThatHasChanged() {
        List<String> asked = new ArrayList<>();
        try (Lab lab = Lab.of(folder, 6);
                Webhook webhook = Webhook.that(request -> {
                    asked.add(request.body());
                    if (request.body().contains("\"hostname\":\"vm-103\"")) {
                        return Answer.of(422, "no 103");
                    }
                    taken.add(request);
                    return Answer.of(200);
                })) {
            Program program = changes(lab, webhook).with("sink.http.batch", "6");
            assertThat(program.run("once").exitCode()).isEqualTo(5);
            assertThat(asked).as("6, 3, 1 + 2, 1 + 1 and 3").hasSize(7);
            assertThat(eventsOfBatches()).hasSize(5).noneMatch(event -> event.contains("103"));
            assertThat(lab.output().parkedIds("http")).containsExactly("lab/qemu/103/net0");
            asked.clear();
            Program.Result second =
                    changes(lab, webhook).with("sink.http.batch", "6").run("once");
            assertThat(second.exitCode()).isEqualTo(5);
            assertThat(second.err()).contains("sink http took 0 hosts, and lacks 1", "it rejected them before");
            assertThat(asked).isEmpty();
            rename(lab, 103, "better");
            Program.Result third =
                    changes(lab, webhook).with("sink.http.batch", "6").run("once");
            assertThat(third.exitCode()).as(third.err()).isZero();
            assertThat(eventsOfBatches()).containsExactly("discovered 103 1.2");
            assertThat(lab.output().parked("http")).isEmpty();
        }
    }

    @Test
    void withEmitAllIsNotOfferedWhatItRejectedEither() {
        try (Lab lab = Lab.of(folder, 3);
                Webhook webhook = Webhook.that(request -> Answer.of(request.id().contains("/102/") ? 400 : 200))) {
            Program program = lab.program("http").with("sink.http.url", webhook.url());
            assertThat(program.run("once").exitCode()).isEqualTo(5);
            assertThat(program.run("once").exitCode()).isEqualTo(5);
            assertThat(webhook.requests().stream()
                            .filter(request -> request.id().contains("/102/")))
                    .hasSize(1);
            assertThat(webhook.requests()).hasSize(5);
            rename(lab, 102, "renamed");
            program.run("once");
            assertThat(webhook.requests()).hasSize(8);
            assertThat(lab.output().parked("http").get(0).times()).isEqualTo(1);
        }
    }
}
