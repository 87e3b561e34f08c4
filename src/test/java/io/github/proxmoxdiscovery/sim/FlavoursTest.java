package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlavoursTest {

    private static final EnumSet<Flavour> OLDEST = EnumSet.of(Flavour.PVE_7, Flavour.PVE_8_0);
    private static final String AGENT = "/nodes/pve1/qemu/101/agent/network-get-interfaces";
    private static final String INTERFACES = "/nodes/pve1/lxc/201/interfaces";

    @ParameterizedTest
    @EnumSource
    void theVmidOfAContainerIsTextInTheOldestOnly(Flavour flavour) throws IOException {
        JsonNode entry = data(flavour, "/nodes/pve1/lxc").get(0);
        assertThat(entry.get("vmid").isTextual()).isEqualTo(OLDEST.contains(flavour));
        assertThat(entry.get("vmid").asInt()).isEqualTo(201);
        assertThat(data(flavour, "/nodes/pve1/qemu").get(0).get("vmid").isInt()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theMemoryOfAVmIsANumberInTheOldestOnly(Flavour flavour) throws IOException {
        JsonNode config = data(flavour, "/nodes/pve1/qemu/101/config");
        assertThat(config.get("memory").isNumber()).isEqualTo(OLDEST.contains(flavour));
        assertThat(data(flavour, "/nodes/pve1/lxc/201/config").get("memory").isNumber())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void containerInterfacesCameInStages(Flavour flavour) throws IOException {
        if (OLDEST.contains(flavour)) {
            assertThat(get(flavour, Privileges.full(), INTERFACES).statusLine())
                    .isEqualTo("HTTP/1.1 501 Method 'GET " + INTERFACES + "' not implemented");
            return;
        }
        JsonNode network = data(flavour, INTERFACES).get(0);
        assertThat(network.get("inet").textValue()).isEqualTo("10.0.0.3/24");
        assertThat(network.get("inet6").textValue()).as("the last one wins").isEqualTo("fe80::3/64");
        assertThat(network.has("ip-addresses")).isEqualTo(flavour.compareTo(Flavour.PVE_8_4) >= 0);
    }

    @ParameterizedTest
    @EnumSource
    void errorsExplainThemselvesInTheBodyFromEightFourOn(Flavour flavour) throws IOException {
        String body =
                get(flavour, Privileges.full(), "/nodes/pve1/qemu/999/config").body();
        assertThat(body.equals("{\"data\":null}")).isEqualTo(flavour.compareTo(Flavour.PVE_8_4) < 0);
    }

    @ParameterizedTest
    @EnumSource
    void theAuditorRoleCoversTheAgentOnNineOnly(Flavour flavour) throws IOException {
        RawClient.Reply reply = get(flavour, Privileges.auditor(), AGENT);
        assertThat(reply.status()).isEqualTo(flavour == Flavour.PVE_9 ? 200 : 403);
        assertThat(get(flavour, Privileges.full(), AGENT).status()).isEqualTo(200);
        String needed = flavour == Flavour.PVE_9 ? "VM.GuestAgent.Audit|VM.GuestAgent.Unrestricted" : "VM.Monitor";
        assertThat(get(flavour, Privileges.withoutAgent().without("VM.Monitor"), AGENT)
                        .statusLine())
                .isEqualTo("HTTP/1.1 403 Permission check failed (/vms/101, " + needed + ")");
    }

    @ParameterizedTest
    @EnumSource
    void onlyPrivilegesOfTheReleaseAreShown(Flavour flavour) throws IOException {
        JsonNode root = data(flavour, "/access/permissions").get("/");
        assertThat(root.has("VM.Monitor")).isEqualTo(flavour != Flavour.PVE_9);
        assertThat(root.has("VM.GuestAgent.Audit")).isEqualTo(flavour == Flavour.PVE_9);
    }

    private static JsonNode data(Flavour flavour, String path) throws IOException {
        return new ObjectMapper()
                .readTree(get(flavour, Privileges.full(), path).bytes())
                .get("data");
    }

    private static RawClient.Reply get(Flavour flavour, Privileges privileges, String path) throws IOException {
        try (SimulatedCluster cluster = Samples.cluster()
                .flavour(flavour)
                .token(Samples.TOKEN_ID, Samples.SECRET, privileges)
                .start()) {
            return RawClient.get(cluster, path, Samples.AUTHORIZATION);
        }
    }
}
