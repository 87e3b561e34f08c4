package io.github.proxmoxdiscovery.pve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.proxmoxdiscovery.MessageSchema;
import io.github.proxmoxdiscovery.host.DiscoveredHost;
import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.HostAssembler.Assembly;
import io.github.proxmoxdiscovery.pve.HostAssembler.Finding;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every folder of {@code src/test/resources/guests} is a case; its README.md tells how one looks. */
class GuestCasesTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String RUN_ID = "019ab000-0000-7000-8000-000000000001";
    private static final Instant READ_AT = Instant.parse("2026-11-23T12:00:03.120Z");
    private static final Instant ASKED_AT = Instant.parse("2026-11-23T12:00:03.180Z");

    @TestFactory
    Stream<DynamicTest> everyFolderIsACase() throws IOException, URISyntaxException {
        URL cases = GuestCasesTest.class.getResource("/guests");
        assertThat(cases).as("the folder of cases").isNotNull();
        try (Stream<Path> folders = Files.list(Path.of(cases.toURI()))) {
            List<Path> sorted = folders.filter(Files::isDirectory).sorted().toList();
            assertThat(sorted).hasSizeGreaterThanOrEqualTo(30);
            return sorted.stream()
                    .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> run(folder)));
        }
    }

    private static void run(Path folder) throws IOException {
        Assembly assembly = HostAssembler.assemble(reading(folder));
        JsonNode actual = JSON.valueToTree(
                assembly.hosts().stream().map(DiscoveredHost::toMap).toList());
        assertThat(actual.toPrettyString())
                .isEqualTo(read(folder, "expected.json").toPrettyString());
        for (JsonNode message : actual) {
            MessageSchema.validate(message.toString());
        }
        compareFindings(assembly.findings(), findings(folder));
    }

    private static GuestReading reading(Path folder) throws IOException {
        GuestList list = GuestList.parse(JSON.createArrayNode().add(read(folder, "guest.json")));
        assertThat(list.unreadable()).as("unreadable rows").isZero();
        Guest guest = list.guests().get(0);
        GuestConfig config = GuestConfig.parse(guest.type(), read(folder, "config.json"));
        JsonNode settings =
                Files.exists(folder.resolve("settings.json")) ? read(folder, "settings.json") : JSON.createObjectNode();
        boolean asked = Files.exists(folder.resolve("agent.json"));
        JsonNode answer = asked ? read(folder, "agent.json") : JSON.createObjectNode();
        return new GuestReading(
                "lab",
                RUN_ID,
                READ_AT,
                guest,
                config,
                asked ? reply(guest.type(), answer) : AgentReply.off(),
                asked && !answer.has("locked") ? ASKED_AT : null,
                Files.exists(folder.resolve("last-seen.json")) ? lastSeen(read(folder, "last-seen.json")) : null,
                settings.path("link_local").asBoolean(),
                notes(settings));
    }

    private static LastSeen lastSeen(JsonNode seen) {
        return new LastSeen(
                AgentReply.ofQemu(seen).interfaces(),
                Instant.parse(seen.path("at").asText()));
    }

    private static Set<Reason> notes(JsonNode settings) {
        if (settings.path("backed_off").asBoolean()) {
            return Set.of(Reason.AGENT_BACKOFF);
        }
        return settings.path("pools_unknown").asBoolean() ? Set.of(Reason.POOL_UNKNOWN) : Set.of();
    }

    private static AgentReply reply(GuestType type, JsonNode answer) {
        if (answer.has("status")) {
            return AgentReply.ofFailure(
                    answer.get("status").intValue(), answer.get("message").textValue());
        }
        if (answer.has("timeout")) {
            return AgentReply.ofTimeout(answer.get("timeout").textValue());
        }
        if (answer.has("locked")) {
            return AgentReply.locked(answer.get("locked").textValue());
        }
        return type == GuestType.QEMU ? AgentReply.ofQemu(answer) : AgentReply.ofLxc(answer);
    }

    private static JsonNode findings(Path folder) throws IOException {
        return Files.exists(folder.resolve("findings.json")) ? read(folder, "findings.json") : JSON.createArrayNode();
    }

    private static void compareFindings(List<Finding> actual, JsonNode expected) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Finding finding = actual.get(i);
            assertThat(finding.where()).isEqualTo(expected.get(i).path("where").asText());
            assertThat(finding.reason())
                    .hasToString(expected.get(i).path("reason").asText());
            assertThat(finding.message()).isNotBlank();
            if (expected.get(i).has("message")) {
                assertThat(finding.message())
                        .isEqualTo(expected.get(i).path("message").asText());
            }
        }
    }

    private static JsonNode read(Path folder, String file) throws IOException {
        return JSON.readTree(folder.resolve(file).toFile());
    }
}
