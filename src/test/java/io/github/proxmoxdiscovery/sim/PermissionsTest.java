package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermissionsTest {

    private final SimulatedCluster cluster = Samples.cluster().start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void guestsThatMayNotBeSeenAreLeftOutOfListsWithoutAWord() throws IOException {
        cluster.grant(Samples.TOKEN_ID, Privileges.full().on("/vms/102", "VM.Monitor"));
        assertThat(get("/cluster/resources?type=vm").body())
                .doesNotContain("qemu/102")
                .contains("qemu/101");
        assertThat(get("/nodes/pve2/qemu").body()).isEqualTo("{\"data\":[]}");
        assertThat(get("/nodes/pve2/qemu/102/config").statusLine())
                .isEqualTo("HTTP/1.1 403 Permission check failed (/vms/102, VM.Audit)");
    }

    @Test
    void aGuestIsSeenThroughAGrantOnItsPool() throws IOException {
        cluster.grant(Samples.TOKEN_ID, Privileges.none().on("/pool/shop", "VM.Audit"));
        assertThat(get("/cluster/resources?type=vm").body())
                .contains("qemu/101")
                .doesNotContain("qemu/102");
        assertThat(get("/nodes/pve1/qemu/101/config").status()).isEqualTo(200);
    }

    @Test
    void thePoolIsHiddenWithoutPoolAudit() throws IOException {
        assertThat(get("/cluster/resources").body())
                .contains("\"pool\":\"shop\"")
                .contains("/pool/shop");
        cluster.grant(Samples.TOKEN_ID, Privileges.full().without("Pool.Audit"));
        assertThat(get("/cluster/resources").body()).doesNotContain("shop");
    }

    @Test
    void theStateOfTheClusterNeedsSysAudit() throws IOException {
        cluster.grant(Samples.TOKEN_ID, Privileges.full().without("Sys.Audit"));
        assertThat(get("/cluster/status").statusLine())
                .isEqualTo("HTTP/1.1 403 Permission check failed (/, Sys.Audit)");
        assertThat(get("/nodes").body()).contains("pve1").doesNotContain("maxmem");
    }

    @Test
    void permissionIsCheckedBeforeNodeAndParameters() throws IOException {
        cluster.grant(Samples.TOKEN_ID, Privileges.none());
        cluster.node("pve2", NodeState.offline());
        assertThat(get("/nodes/pve2/qemu/102/config?bogus=1").status()).isEqualTo(403);
        cluster.grant(Samples.TOKEN_ID, Privileges.full());
        assertThat(get("/nodes/pve2/qemu/102/config?bogus=1").status()).isEqualTo(595);
        assertThat(get("/nodes/pve1/qemu/101/config?bogus=1").status()).isEqualTo(400);
    }

    private RawClient.Reply get(String path) throws IOException {
        return RawClient.get(cluster, path, Samples.AUTHORIZATION);
    }
}
