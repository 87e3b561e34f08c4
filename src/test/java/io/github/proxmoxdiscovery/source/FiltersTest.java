package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.container;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.NodeState;
import io.github.proxmoxdiscovery.sim.RecordedRequest;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guests that nobody wants are skipped: not asked, not failed, and the run is complete without them. */
public class FiltersTest {

    private static SimulatedCluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cluster = Discovery.cluster()
                .guest(plainVm(101).tags("prod;web").pool("shop"))
                .guest(plainVm(102).tags("test").node("pve2"))
                .guest(plainVm(103).tags("prod,scratch").pool("training").stopped())
                .guest(plainVm(150).template().stopped())
                .guest(plainVm(900).tags("Prod"))
                .guest(container(201).tags("web").node("pve2").pool("office"))
                .guest(container(202).stopped().listedAs("unknown"))
                .guest(plainVm(151).template().stopped().listedAs("unknown"))
                .start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest(name = "{0} {1} leaves {2}")
    @CsvSource({
        "discovery.include.nodes=pve2, '', 102 201",
        "discovery.exclude.nodes=pve2, '', 101 103 150 151 202 900",
        "'discovery.include.vmids=100-102,900', '', 101 102 900",
        "'discovery.exclude.vmids=100-199, 900', '', 201 202",
        "'discovery.include.tags=web,test', '', 101 102 201",
        "discovery.include.tags=prod, discovery.exclude.tags=scratch, 101",
        "'discovery.include.pools=shop,office', '', 101 201",
        "discovery.exclude.pools=training, '', 101 102 150 151 201 202 900",
        "discovery.include.tags=web, discovery.include.nodes=pve1, 101",
        "discovery.templates=false, '', 101 102 103 201 202 900",
        "discovery.stopped=false, '', 101 102 201 900",
        "discovery.include.vmids=4000, '', ''",
    })
    void readsOnlyWhatIsWanted(String first, String second, String expected) {
        cluster.log().clear();
        Discovery discovery = Discovery.of(folder, cluster);
        Stream.of(first, second)
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("="))
                .forEach(setting -> discovery.with(setting[0], setting[1]));
        Found found = discovery.once();

        List<String> wanted =
                Stream.of(expected.split(" ")).filter(vmid -> !vmid.isEmpty()).toList();
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.latest("lab").values())
                .extracting(host -> host.at("/proxmox/vmid").asText())
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(found.report().path("complete").asBoolean()).isTrue();
        assertThat(found.report().path("guests").asInt()).isEqualTo(8);
        assertThat(found.report().path("skipped").asInt()).isEqualTo(8 - wanted.size());
        assertThat(found.errors()).containsExactly("lab FILTERED");
        if (!first.startsWith("discovery.templates")) {
            assertThat(cluster.log().requests(request -> request.target().contains("/config")))
                    .extracting(RecordedRequest::guest)
                    .containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void namesThatTheClusterDoesNotKnowAreSaidOnce() {
        Found found = Discovery.of(folder, cluster)
                .with("discovery.exclude.nodes", "pve2,pve22")
                .with("discovery.exclude.pools", "shop,shpo")
                .once();
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.log().stream().filter(line -> line.contains("WARN")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("lab: a filter names the node pve22"))
                .anySatisfy(line -> assertThat(line).contains("lab: a filter names the pool shpo"));
    }

    @Test
    void filtersThatLeaveNobodyAreSaidOnce() {
        Found found = Discovery.of(folder, cluster)
                .with("discovery.include.vmids", "4000")
                .once();
        assertThat(found.exitCode()).as(found.err()).isZero();
        assertThat(found.log().stream().filter(line -> line.contains("WARN")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("lab: the filters leave none of its 8 guests"));
    }

    @Test
    void guestsThatAreLeftOutOnADeadNodeAreSkippedAndNotFailed() {
        try (SimulatedCluster half = Discovery.cluster()
                .node("pve3", NodeState.offline())
                .guest(plainVm(101))
                .guest(plainVm(102).node("pve3").tags("scratch"))
                .guest(plainVm(103).node("pve3"))
                .start()) {
            Found found = Discovery.of(folder, half)
                    .with("discovery.exclude.tags", "scratch")
                    .once();
            assertThat(found.node("pve3").path("skipped").asInt()).isEqualTo(1);
            assertThat(found.node("pve3").path("failed").asInt()).isEqualTo(1);
            assertThat(found.exitCode()).isEqualTo(3);
        }
    }
}
