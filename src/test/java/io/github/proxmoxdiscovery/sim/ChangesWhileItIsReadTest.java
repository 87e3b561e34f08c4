package io.github.proxmoxdiscovery.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangesWhileItIsReadTest {

    private static final String RESOURCES = "/cluster/resources\\?type=vm";
    private static final String CONFIG = "/nodes/pve1/qemu/101/config";
    private static final String GONE =
            "HTTP/1.1 500 Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimulatedCluster cluster = Samples.cluster().clock(now::get).start();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aGuestMigratesBetweenTheListAndItsConfig() throws IOException {
        cluster.fault(RESOURCES, Fault.changedAfter(() -> cluster.migrate(101, "pve2")), 1);
        assertThat(row(101).get("node").asText()).isEqualTo("pve1");
        assertThat(get(CONFIG).statusLine()).isEqualTo(GONE);
        assertThat(row(101).get("node").asText()).isEqualTo("pve2");
        assertThat(get("/nodes/pve2/qemu/101/config").status()).isEqualTo(200);
    }

    @Test
    void aGuestIsGoneBetweenTheListAndItsConfig() throws IOException {
        cluster.fault(CONFIG, Fault.changedBefore(() -> cluster.remove(101)), 1);
        assertThat(row(101).get("status").asText()).isEqualTo("running");
        assertThat(get(CONFIG).statusLine()).isEqualTo(GONE);
        assertThat(rows(101)).isEmpty();
    }

    @Test
    void aVmidIsGivenToAnotherGuestBetweenTheListAndItsConfig() throws IOException {
        cluster.change(101, guest -> guest.config("smbios1", "uuid=11111111-0000-4000-8000-000000000101"));
        SimulatedGuest.Builder other = SimulatedGuest.qemu(101, "other")
                .config("smbios1", "uuid=22222222-0000-4000-8000-000000000101")
                .config("net0", "virtio=BC:24:11:00:00:99");
        cluster.fault(RESOURCES, Fault.changedAfter(() -> cluster.put(other)), 1);
        assertThat(row(101).get("name").asText()).isEqualTo("web");
        assertThat(get(CONFIG).body()).contains("22222222-0000", "BC:24:11:00:00:99");
    }

    @Test
    void aGuestThatVanishesFailsTheWholeListOfItsNode() throws IOException {
        cluster.vanish(101);
        assertThat(get("/nodes/pve1/qemu").statusLine()).isEqualTo(GONE);
        assertThat(get(CONFIG).statusLine()).isEqualTo(GONE);
        assertThat(row(101).get("status").asText()).isEqualTo("running");
        cluster.remove(101);
        assertThat(get("/nodes/pve1/qemu").status()).isEqualTo(200);
    }

    @Test
    void aContainerThatVanishesIsOnlyMissingInTheListOfItsNode() throws IOException {
        cluster.vanish(201);
        assertThat(get("/nodes/pve1/lxc").body()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void aVmidStandsInTheListsTwice() throws IOException {
        cluster.listTwice(101, "pve2");
        assertThat(rows(101)).extracting(row -> row.get("node").asText()).containsExactlyInAnyOrder("pve1", "pve2");
        assertThat(get("/nodes/pve2/qemu").body()).contains("\"vmid\":101");
        assertThat(get("/nodes/pve2/qemu/101/config").status()).isEqualTo(500);
    }

    @Test
    void theUptimeGrowsAndBeginsAnewWithARestart() throws IOException {
        long before = uptime();
        now.updateAndGet(time -> time.plusSeconds(90));
        assertThat(uptime()).isEqualTo(before + 90);
        cluster.restart(101);
        assertThat(uptime()).isZero();
        now.updateAndGet(time -> time.plusSeconds(7));
        assertThat(uptime()).isEqualTo(7);
        cluster.change(101, SimulatedGuest.Builder::stopped);
        assertThat(uptime()).isZero();
    }

    @Test
    void theListOfTheNodeTellsTheSameUptime() throws IOException {
        cluster.restart(101);
        now.updateAndGet(time -> time.plusSeconds(7));
        assertThat(get("/nodes/pve1/qemu").body()).contains("\"uptime\":7");
    }

    @Test
    void rowsCarryTheFiguresOfTheRealOnes() throws IOException {
        assertThat(names(row(101)))
                .contains("id", "vmid", "node", "type", "status", "name", "template", "pool")
                .contains("uptime", "cpu", "maxcpu", "mem", "maxmem", "memhost", "disk", "maxdisk")
                .contains("diskread", "diskwrite", "netin", "netout");
    }

    @Test
    void aTokenExpires() throws IOException {
        cluster.fault(RESOURCES, Fault.changedAfter(() -> cluster.expireToken(Samples.TOKEN_ID)), 1);
        assertThat(get("/cluster/resources?type=vm").status()).isEqualTo(200);
        assertThat(get("/version").statusLine()).isEqualTo("HTTP/1.1 401 Authentication failed!");
    }

    @Test
    void privilegesChange() throws IOException {
        cluster.fault(RESOURCES, Fault.changedAfter(() -> cluster.grant(Samples.TOKEN_ID, Privileges.none())), 1);
        assertThat(rows(101)).hasSize(1);
        assertThat(rows(101)).isEmpty();
        assertThat(get(CONFIG).status()).isEqualTo(403);
    }

    private long uptime() throws IOException {
        return row(101).get("uptime").asLong();
    }

    private JsonNode row(int vmid) throws IOException {
        return rows(vmid).get(0);
    }

    private List<JsonNode> rows(int vmid) throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(get("/cluster/resources?type=vm").body())
                .get("data");
        return all.valueStream().filter(row -> row.get("vmid").asInt() == vmid).toList();
    }

    private static List<String> names(JsonNode row) {
        return row.propertyStream().map(Map.Entry::getKey).toList();
    }

    private RawClient.Reply get(String path) throws IOException {
        return RawClient.get(cluster, path, Samples.AUTHORIZATION);
    }
}
