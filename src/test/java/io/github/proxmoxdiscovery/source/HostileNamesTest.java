package io.github.proxmoxdiscovery.source;

import static io.github.proxmoxdiscovery.source.SampleGuests.mac;
import static io.github.proxmoxdiscovery.source.SampleGuests.plainVm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vm;
import static io.github.proxmoxdiscovery.source.SampleGuests.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.proxmoxdiscovery.sim.AgentState;
import io.github.proxmoxdiscovery.sim.Fault;
import io.github.proxmoxdiscovery.sim.SimulatedCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guests, and who is root in them, may say what they like: it is text and stays text. */
public class HostileNamesTest {

    /** Names of guests that mean something to somebody. */
    public static final List<String> NAMES = List.of(
            "${env:HOME}",
            "{{proxmox.lab.url}}",
            "${jndi:ldap://127.0.0.1:1/x}",
            "${bean:runs?method=abandon}",
            "${header.CamelHttpUri}",
            "\u001b[31mred\u001b]0;title\u0007",
            "one\r\ntwo\nthree",
            "\u202Eright-to-left",
            "x".repeat(64 * 1024),
            "\"quoted\" 'and' \\escaped\\",
            "<script>&amp;</script>",
            "\u0000\u0085\u2028\u2029\uFEFF");

    @TempDir
    private Path folder;

    @Test
    void namesAreTextWhateverTheyLookLike() {
        SimulatedCluster.Builder plan = Discovery.cluster();
        for (int i = 0; i < NAMES.size(); i++) {
            plan.guest(plainVm(101 + i)
                    .config("name", NAMES.get(i))
                    .pool(NAMES.get(i))
                    .osType(NAMES.get(i))
                    .lock(NAMES.get(i)));
        }
        try (SimulatedCluster cluster = plan.start()) {
            Found found = Discovery.of(folder, cluster).once();

            assertThat(found.exitCode()).as(found.err()).isZero();
            for (int i = 0; i < NAMES.size(); i++) {
                var host = found.host(vmId(101 + i));
                assertThat(host.path("hostname").asText()).isEqualTo(NAMES.get(i));
                assertThat(host.at("/proxmox/name").asText()).isEqualTo(NAMES.get(i));
                assertThat(host.at("/proxmox/pool").asText()).isEqualTo(NAMES.get(i));
                assertThat(host.at("/proxmox/os_type").asText()).isEqualTo(NAMES.get(i));
            }
            assertThat(found.latest("lab")).hasSize(NAMES.size());
        }
    }

    @Test
    void tagsAreSplitAndOtherwiseLeftAsTheyAre() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101).tags("${env:HOME};{{x}},\u001b[1m \u202Ea"))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();
            assertThat(Found.texts(found.host(vmId(101)).at("/proxmox/tags")))
                    .containsExactly("${env:HOME}", "{{x}}", "\u001b[1m", "\u202Ea");
        }
    }

    @Test
    void aGuestsAgentMayNameItsInterfacesAsItLikes() {
        String strange = "[{\"name\":\"${env:HOME}\\r\\n\\u001b[2J\",\"hardware-address\":\"" + mac(101)
                + "\",\"ip-addresses\":[{\"ip-address\":\"10.0.0.1\",\"prefix\":24},{\"ip-address\":\"evil.example.com\"},"
                + "{\"ip-address\":\"::ffff:10.0.0.9\"},{\"ip-address\":\"10.0.0.2/24\"},{\"ip-address\":\"010.0.0.3\"},"
                + "{\"ip-address\":7},{\"ip-address\":\"fe80::1%${x}\"}]},{\"name\":\"\\ud800\",\"hardware-address\":\""
                + mac(101) + "\"}]";
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101).agent(AgentState.raw(strange)))
                .guest(vm(102))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.host(vmId(101))
                            .at("/proxmox/interface/guest_interfaces/0")
                            .asText())
                    .isEqualTo("${env:HOME}\r\n\u001b[2J");
            assertThat(found.host(vmId(101)).path("ip_addresses").get(0).asText())
                    .isEqualTo("10.0.0.1");
            assertThat(found.hosts()).containsOnlyKeys(vmId(101), vmId(102));
        }
    }

    @Test
    void whatProxmoxOrAGuestSaysNeverMakesALogLineOfItsOwn() {
        String forged = "2026-01-01T00:00:00.000Z ERROR discovery.run - forged\u001b[31m";
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101)
                        .agent(AgentState.error("GenericError", "no\\r\\n" + forged.replace("\u001b", "\\u001b"))))
                .guest(plainVm(102))
                .start()) {
            cluster.fault("/102/config", Fault.status(500, "no\u001b[31m\u0085" + forged));
            Found found = Discovery.of(folder, cluster).once();

            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.log()).noneMatch(line -> line.startsWith("2026-01-01"));
            assertThat(found.err().chars().filter(c -> c != '\n').noneMatch(Character::isISOControl))
                    .as(found.err())
                    .isTrue();
        }
    }

    @Test
    void anInterfaceLineMayBeAnything() {
        try (SimulatedCluster cluster = Discovery.cluster()
                .guest(plainVm(101)
                        .config("net1", "virtio=" + mac(151) + ",bridge=${env:HOME}")
                        .config("net2", "${jndi:x}")
                        .config("net3", "\u001b[31m=" + mac(152))
                        .config("net4", List.of("a", "b"))
                        .config("net5", 5)
                        .config("net32", "virtio=" + mac(153))
                        .config("description", "net6: virtio=" + mac(154) + ",bridge=vmbr0"))
                .start()) {
            Found found = Discovery.of(folder, cluster).once();
            assertThat(found.exitCode()).as(found.err()).isZero();
            assertThat(found.hosts())
                    .containsKeys(vmId(101))
                    .doesNotContainKeys(
                            "lab/qemu/101/net2",
                            "lab/qemu/101/net4",
                            "lab/qemu/101/net5",
                            "lab/qemu/101/net6",
                            "lab/qemu/101/net32");
        }
    }
}
