package io.github.proxmoxdiscovery.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.proxmoxdiscovery.host.AgentState;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.pve.AgentReply;
import io.github.proxmoxdiscovery.pve.Guest;
import io.github.proxmoxdiscovery.pve.GuestConfig;
import io.github.proxmoxdiscovery.pve.LastSeen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A dead agent is asked ever more seldom, and what an agent said last is not forgotten. */
class AgentMemoryTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final AgentReply DEAD = AgentReply.ofFailure(500, "QEMU guest agent is not running");

    @TempDir
    private Path folder;

    private Path file;
    private AgentMemory memory;

    @BeforeEach
    void open() {
        file = folder.resolve("agents/lab.ndjson");
        memory = new AgentMemory(file);
    }

    private static Guest guest(Long uptime) {
        return new Guest(101, GuestType.QEMU, "pve1", "running", false, List.of(), null, null, "web", uptime);
    }

    private static GuestConfig config(String uuid, String digest) {
        ObjectNode config = JSON.createObjectNode()
                .put("net0", "virtio=BC:24:11:00:00:01,bridge=vmbr0")
                .put("smbios1", "uuid=" + uuid);
        return GuestConfig.parse(GuestType.QEMU, digest == null ? config : config.put("digest", digest));
    }

    private static GuestConfig config() {
        return config("2f3c1c8e-0000-4000-8000-000000000001", "d1");
    }

    private static AgentReply answer(String mac, int addresses) {
        ArrayNode ips = JSON.createArrayNode();
        for (int i = 0; i < addresses; i++) {
            ips.addObject()
                    .put("ip-address", "10.0." + i / 250 + "." + (i % 250 + 1))
                    .put("prefix", 24);
        }
        ObjectNode data = JSON.createObjectNode();
        data.putArray("result")
                .addObject()
                .put("name", "eth0")
                .put("hardware-address", mac)
                .set("ip-addresses", ips);
        return AgentReply.ofQemu(data);
    }

    private boolean isLeftAlone(Guest guest, GuestConfig config, Duration later) {
        return memory.backOff(guest, config, NOON.plus(later), () -> true).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT2M", "3, PT4M", "6, PT32M", "7, PT1H", "8, PT1H", "100, PT1H"})
    void eachTimeItIsLeftAloneTwiceAsLongUpToAnHour(int times, Duration rest) {
        for (int i = 0; i < times; i++) {
            memory.asked(guest(9_999_999L), config(), DEAD, NOON);
        }
        assertThat(isLeftAlone(guest(9_999_999L), config(), rest.minusMillis(1)))
                .isTrue();
        assertThat(isLeftAlone(guest(9_999_999L), config(), rest)).isFalse();
    }

    @Test
    void whatItSaidAndWhenStandsWhileItIsLeftAlone() {
        memory.asked(guest(null), config(), DEAD, NOON);
        AgentMemory.BackOff backOff =
                memory.backOff(guest(null), config(), NOON, () -> true).orElseThrow();
        assertThat(backOff.askedAt()).isEqualTo(NOON);
        assertThat(backOff.reply().state()).isEqualTo(AgentState.SILENT);
        assertThat(backOff.reply().message())
                .isEqualTo("is asked again after 2026-11-23T12:01:00.000Z; it said: QEMU guest agent is not running");
    }

    @Test
    void aRunThatCanAffordNoMoreLeavesOneThatIsDueToALaterRun() {
        memory.asked(guest(500L), config(), DEAD, NOON);
        Instant due = NOON.plusSeconds(60);
        assertThat(memory.backOff(guest(560L), config(), due, () -> false)
                        .orElseThrow()
                        .reply()
                        .message())
                .startsWith("is asked again in a later run; it said: ");
        assertThat(memory.backOff(guest(20L), config(), due, () -> false))
                .as("one that was started anew is asked in any case")
                .isEmpty();
        assertThat(memory.silent()).isEqualTo(1);
    }

    @Test
    void itIsAskedAgainWhenTheGuestWasStartedAnew() {
        memory.asked(guest(500L), config(), DEAD, NOON);
        Duration later = Duration.ofSeconds(50);
        assertThat(isLeftAlone(guest(550L), config(), later)).isTrue();
        assertThat(isLeftAlone(guest(30L), config(), later)).isFalse();
        assertThat(isLeftAlone(guest(null), config(), later)).isTrue();
    }

    @Test
    void itIsAskedAgainWhenTheConfigChanged() {
        memory.asked(guest(500L), config(), DEAD, NOON);
        GuestConfig changed = config("2f3c1c8e-0000-4000-8000-000000000001", "d2");
        assertThat(isLeftAlone(guest(500L), changed, Duration.ZERO)).isFalse();
        GuestConfig untold = config("2f3c1c8e-0000-4000-8000-000000000001", null);
        assertThat(isLeftAlone(guest(500L), untold, Duration.ZERO)).isTrue();
    }

    @Test
    void itIsAskedAgainWhenTheGuestWasSeenStopped() {
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.isOff(guest(null), config());
        assertThat(isLeftAlone(guest(500L), config(), Duration.ZERO)).isFalse();
    }

    @Test
    void anAnswerEndsTheSilenceAndTheNextOneBeginsWithAMinute() {
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.asked(guest(500L), config(), answer("bc:24:11:00:00:01", 1), NOON);
        assertThat(isLeftAlone(guest(500L), config(), Duration.ZERO)).isFalse();
        memory.asked(guest(500L), config(), DEAD, NOON);
        assertThat(isLeftAlone(guest(500L), config(), Duration.ofSeconds(59))).isTrue();
        assertThat(isLeftAlone(guest(500L), config(), Duration.ofSeconds(60))).isFalse();
    }

    @Test
    void aClockThatWasSetBackLetsNobodyWait() {
        memory.asked(guest(null), config(), DEAD, NOON);
        assertThat(isLeftAlone(guest(null), config(), Duration.ofSeconds(-1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"403, Permission check failed", "596, Connection timed out", "500, VM 101 is not running"})
    void whatIsNotTheAgentsFaultDoesNotHaveItLeftAlone(int status, String message) {
        memory.asked(guest(500L), config(), AgentReply.ofFailure(status, message), NOON);
        assertThat(isLeftAlone(guest(500L), config(), Duration.ZERO)).isFalse();
    }

    @Test
    void anotherGuestWithTheSameNumberHasNoPast() {
        memory.asked(guest(500L), config(), answer("bc:24:11:00:00:01", 1), NOON);
        memory.asked(guest(500L), config(), DEAD, NOON);
        GuestConfig other = config("2f3c1c8e-0000-4000-8000-000000000002", "d1");
        assertThat(isLeftAlone(guest(500L), other, Duration.ZERO)).isFalse();
        assertThat(memory.lastSeen(guest(500L), other)).isEmpty();
    }

    @Test
    void whatWasSeenOutlivesTheProcess() {
        memory.asked(guest(500L), config(), answer("bc:24:11:00:00:01", 2), NOON);
        memory.asked(guest(500L), config(), DEAD, NOON.plusSeconds(60));
        memory.save();

        memory = new AgentMemory(file);
        LastSeen seen = memory.lastSeen(guest(500L), config()).orElseThrow();
        assertThat(seen.at()).isEqualTo(NOON);
        assertThat(seen.interfaces()).isEqualTo(answer("bc:24:11:00:00:01", 2).interfaces());
        assertThat(isLeftAlone(guest(500L), config(), Duration.ofSeconds(61))).isTrue();
        assertThat(folder.resolve("agents")).isDirectoryContaining("glob:**lab.ndjson");
    }

    @Test
    void onlyTheInterfacesOfTheConfigAndSoManyAddressesAreKept() {
        memory.asked(guest(500L), config(), answer("02:42:00:00:00:01", 1), NOON);
        assertThat(memory.lastSeen(guest(500L), config()).orElseThrow().interfaces())
                .isEmpty();
        memory.asked(guest(500L), config(), answer("bc:24:11:00:00:01", 1000), NOON);
        LastSeen seen = memory.lastSeen(guest(500L), config()).orElseThrow();
        assertThat(seen.interfaces().get(0).addresses()).hasSize(256);
    }

    @Test
    void guestsThatAreNoMoreAreForgotten() throws IOException {
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.keepOnly(List.of());
        memory.save();
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void aFileIsNotWrittenWhenNothingChanged() throws IOException {
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.save();
        Files.delete(file);
        memory.save();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{\"proxmox-discovery\":\"agents\",\"version\":2}\n",
                "{\"proxmox-discovery\":\"agents\",\"version\":1}\n{\"guest\":\"qemu/101\",\"silence\":{}}\n",
                "{\"proxmox-discovery\":\"agents\",\"version\":1}\n{\"guest\":\"qemu/1",
                "{\"proxmox-discovery\":\"agents\",\"version\":1}\n{\"guest\":\"qemu/101\",\"seen_at\":\"noon\"}\n",
            })
    void aFileThatMakesNoSenseIsMovedAsideAndNothingIsKnown(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        assertThat(isLeftAlone(guest(500L), config(), Duration.ZERO)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).isDirectoryContaining("glob:**lab.ndjson.unreadable-*");
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.save();
        assertThat(file).exists();
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheMemoryAsItIs() throws JsonProcessingException, IOException {
        Files.writeString(folder.resolve("agents"), "a file where the folder is to be");
        memory.asked(guest(500L), config(), DEAD, NOON);
        memory.save();
        assertThat(isLeftAlone(guest(500L), config(), Duration.ZERO)).isTrue();
    }
}
