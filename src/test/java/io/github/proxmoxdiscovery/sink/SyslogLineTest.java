package io.github.proxmoxdiscovery.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A line of syslog is what RFC 5424 says, whatever stands in the message. */
class SyslogLineTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "2026-11-24T17:02:11.841Z";
    private static final Pattern LINE = Pattern.compile("<(\\d+)>1 (\\S+) (\\S+) proxmox-discovery - (\\S+) "
            + "\\[host@32473((?: [a-z_]+=\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")*)\\](?: ([ -~]*))?");
    private static final Pattern PARAMETER = Pattern.compile(" ([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.DOTALL);

    /** A line as its receiver takes it apart. */
    private record Parsed(int priority, String hostname, String type, Map<String, String> values, String message) {

        static Parsed of(byte[] line) throws CharacterCodingException {
            assertThat(line).hasSizeLessThanOrEqualTo(SyslogLine.LONGEST_LINE);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            Matcher matcher = LINE.matcher(text);
            assertThat(matcher.matches()).as(text).isTrue();
            assertThat(matcher.group(2)).isEqualTo(TIME);
            Map<String, String> values = new LinkedHashMap<>();
            Matcher parameter = PARAMETER.matcher(matcher.group(5));
            while (parameter.find()) {
                values.put(parameter.group(1), parameter.group(2).replaceAll("\\\\(.)", "$1"));
            }
            String message = matcher.group(6) == null ? "" : matcher.group(6);
            return new Parsed(Integer.parseInt(matcher.group(1)), matcher.group(3), matcher.group(4), values, message);
        }
    }

    private static ObjectNode host(String hostname) {
        ObjectNode host = JSON.createObjectNode()
                .put("id", "lab/qemu/101/net0")
                .put("mac", "bc:24:11:00:00:65")
                .put("hostname", hostname);
        host.putArray("ip_addresses").add("10.0.0.7").add("2001:db8::7");
        host.putObject("proxmox").put("cluster", "lab").put("vmid", 101).put("name", hostname);
        return host;
    }

    private static Parsed parsed(String type, String sender, JsonNode host) throws Exception {
        byte[] line = new SyslogLine(3, sender).of(type, "event", TIME, host, JSON.writeValueAsString(host));
        return Parsed.of(line);
    }

    @Test
    void hasWhatOneSearchesByAndTheWholeMessage() throws Exception {
        Parsed line = parsed("updated", "me.example.com", host("web-1"));
        assertThat(line.priority()).isEqualTo(3 * 8 + 5);
        assertThat(line.hostname()).isEqualTo("me.example.com");
        assertThat(line.type()).isEqualTo("updated");
        assertThat(line.values())
                .containsExactly(
                        Map.entry("id", "lab/qemu/101/net0"),
                        Map.entry("event", "event"),
                        Map.entry("mac", "bc:24:11:00:00:65"),
                        Map.entry("hostname", "web-1"),
                        Map.entry("ip", "10.0.0.7,2001:db8::7"),
                        Map.entry("cluster", "lab"),
                        Map.entry("vmid", "101"));
        assertThat(JSON.readTree(line.message())).isEqualTo(host("web-1"));
        assertThat(parsed("observed", "", host("web-1")).priority()).isEqualTo(3 * 8 + 6);
    }

    @Test
    void escapesTheThreeCharactersAndNoOther() throws Exception {
        byte[] line = new SyslogLine(3, "me").of("updated", "e", TIME, host("a\"b\\c]d=[e"), "{}");
        assertThat(new String(line, StandardCharsets.UTF_8)).contains(" hostname=\"a\\\"b\\\\c\\]d=[e\" ");
    }

    @Property(tries = 500)
    void isOneWholeLineWhateverAGuestIsCalled(@ForAll("names") String name) throws Exception {
        Parsed line = parsed("discovered", "me", host(name));
        assertThat(line.values()).containsEntry("cluster", "lab");
        assertThat(line.values().getOrDefault("hostname", ""))
                .matches(shown -> shown.codePoints().noneMatch(Character::isISOControl))
                .doesNotContain("\u202e", "\u2028");
        assertThat(JSON.readTree(line.message()).path("hostname").asText()).isEqualTo(name);
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> nasty = Arbitraries.of(
                "\"", "\\", "]", "\r\n", "\0", "\u001b[31m", "\u202e", "\u2028", "ü", "🙂", " ", "\u007f", "\u0085");
        return Arbitraries.oneOf(nasty, Arbitraries.strings().ofMinLength(1).ofMaxLength(8))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts))
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    @Test
    void leavesTheMessageOutAndSaysSoWhenItIsTooLong() throws Exception {
        ObjectNode host = host("]".repeat(3000));
        host.withArray("ip_addresses").addAll(Collections.nCopies(256, JSON.valueToTree("2001:db8::7777:6666")));
        host.withObject("proxmox").putArray("tags").add("🙂".repeat(3000));
        Parsed line = parsed("discovered", "me", host);
        assertThat(line.message()).isEmpty();
        assertThat(line.values()).containsEntry("left_out", "message").containsEntry("cluster", "lab");
        assertThat(line.values().get("hostname")).isEqualTo("]".repeat(SyslogLine.LONGEST_VALUE) + "…");
    }

    @Test
    void isALineEvenOfAMessageThatARouteMadeSomethingElseOf() throws Exception {
        byte[] line = new SyslogLine(3, "me").of("updated", "e", TIME, JSON.valueToTree("büro\nx"), "büro\nx");
        assertThat(Parsed.of(line).message()).isEqualTo("b\\u00fcro x");
    }

    @Test
    void hasTheNameOfTheSenderInPrintableAsciiOrADash() throws Exception {
        assertThat(parsed("updated", "my büro\n", host("x")).hostname()).isEqualTo("mybro");
        assertThat(parsed("updated", "\n", host("x")).hostname()).isEqualTo("-");
        assertThat(parsed("updated", "x".repeat(300), host("x")).hostname()).hasSize(255);
    }
}
