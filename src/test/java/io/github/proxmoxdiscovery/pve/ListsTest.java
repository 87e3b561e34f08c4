package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.host.GuestType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of a cluster and of its nodes, and what the token may do. */
class ListsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsEverythingThatTheListTellsOfAGuest() throws JsonProcessingException {
        GuestList list = GuestList.parse(JSON.readTree("""
                [{"id": "qemu/100", "vmid": 100, "node": "pve1", "type": "qemu", "status": "running", "name": "VM 100",
                  "template": 1, "tags": "prod;web", "pool": "shop", "lock": "backup", "uptime": 77, "cpu": 0.05}]
                """));
        assertThat(list.unreadable()).isZero();
        assertThat(list.guests())
                .containsExactly(new Guest(
                        100,
                        GuestType.QEMU,
                        "pve1",
                        "running",
                        true,
                        List.of("prod", "web"),
                        "shop",
                        "backup",
                        "VM 100",
                        77L));
    }

    @Test
    void aGuestOfWhichItsNodeTellsNothingIsAGuest() throws JsonProcessingException {
        GuestList list = GuestList.parse(JSON.readTree("[{\"vmid\": 103, \"type\": \"lxc\", \"node\": \"vm\"}]"));
        assertThat(list.guests())
                .containsExactly(
                        new Guest(103, GuestType.LXC, "vm", "unknown", false, List.of(), null, null, null, null));
    }

    @Test
    void theVmidMayBeAString() throws JsonProcessingException {
        GuestList list = GuestList.parse(JSON.readTree("[{\"vmid\": \"300\", \"type\": \"lxc\", \"node\": \"vm\"}]"));
        assertThat(list.guests()).extracting(Guest::vmid).containsExactly(300L);
        assertThat(list.find(GuestType.LXC, 300, "pve9")).isPresent();
        assertThat(list.find(GuestType.QEMU, 300, "pve9")).isEmpty();
        assertThat(list.find(GuestType.LXC, 301, "pve9")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "7",
                "\"qemu/100\"",
                "[]",
                "{\"type\": \"qemu\", \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": 100}",
                "{\"vmid\": 100, \"node\": \"pve1\"}",
                "{\"type\": \"storage\", \"vmid\": 100, \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": null, \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": \"\", \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": \"abc\", \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": \"100/config\", \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": -100, \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": 99, \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": 1000000000, \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": 99999999999999999999, \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": [100], \"node\": \"pve1\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"../x\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"..\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"a/b\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"a%2fb\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"a b\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"a?x=1\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"a#b\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"a\\n\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"-a\"}",
                "{\"type\": \"qemu\", \"vmid\": 100, \"node\": \"nöde\"}"
            })
    void aRowThatNamesNoGuestIsCountedAndHarmsNoOther(String row) throws JsonProcessingException {
        JsonNode rows = JSON.readTree("[" + row + ", {\"vmid\": 101, \"type\": \"qemu\", \"node\": \"pve-2.lan\"}]");
        GuestList list = GuestList.parse(rows);
        assertThat(list.unreadable()).isEqualTo(1);
        assertThat(list.guests()).extracting(Guest::vmid).containsExactly(101L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void anEmptyListHasNoGuests(String rows) throws JsonProcessingException {
        assertThat(GuestList.parse(JSON.readTree(rows))).isEqualTo(new GuestList(List.of(), 0));
    }

    @Test
    void aBetterStatusLeavesTheRestOfAGuest() {
        Guest guest = new Guest(101, GuestType.QEMU, "pve1", "unknown", true, List.of("a"), "shop", "backup", "a", 1L);
        assertThat(guest.withStatus("running"))
                .isEqualTo(new Guest(
                        101, GuestType.QEMU, "pve1", "running", true, List.of("a"), "shop", "backup", "a", 1L));
    }

    @ParameterizedTest
    @CsvSource({"online, ONLINE", "offline, OFFLINE", "unknown, UNKNOWN", "Offline, UNKNOWN", ", UNKNOWN"})
    void aNodeIsOfflineOnlyIfItIsSaidToBe(String status, Node.Status expected) throws JsonProcessingException {
        String text = status == null ? "null" : "\"" + status + "\"";
        assertThat(Node.parseList(JSON.readTree("[{\"node\": \"pve1\", \"status\": " + text + "}]")))
                .containsExactly(new Node("pve1", expected));
    }

    @Test
    void aNodeWithoutAUsableNameIsLeftOut() throws JsonProcessingException {
        JsonNode rows = JSON.readTree(
                "[{\"status\": \"online\"}, {\"node\": \"../x\"}, 7, null, {\"node\": \"pve1\", \"status\": \"online\"}]");
        assertThat(Node.parseList(rows)).containsExactly(new Node("pve1", Node.Status.ONLINE));
    }

    @Test
    void aNodesOwnListTellsTheStatusOfItsGuests() throws JsonProcessingException {
        JsonNode rows = JSON.readTree("""
                [{"vmid": 100, "status": "running"}, {"vmid": "300", "status": "stopped"}, {"vmid": 101},
                 {"status": "running"}, {"vmid": "x", "status": "running"}, null]
                """);
        assertThat(NodeGuestStatus.parse(rows)).isEqualTo(Map.of(100L, "running", 300L, "stopped"));
    }

    @Test
    void aPrivilegeOnAnyPathIsGrantedSomewhere() throws JsonProcessingException {
        Permissions permissions = Permissions.parse(
                JSON.readTree("{\"/vms/101\": {\"VM.Audit\": 0}, \"/pool/shop\": {\"Pool.Audit\": 1}, \"/\": {}}"));
        assertThat(permissions.anywhere("VM.Audit")).isTrue();
        assertThat(permissions.anywhere("Pool.Audit")).isTrue();
        assertThat(permissions.anywhere("Sys.Audit")).isFalse();
        assertThat(permissions.anywhere("/vms/101")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "7", "{\"/\": null}", "{\"/\": [\"VM.Audit\"]}"})
    void aTokenWithoutRightsMayDoNothing(String data) throws JsonProcessingException {
        assertThat(Permissions.parse(JSON.readTree(data)).anywhere("VM.Audit")).isFalse();
    }
}
