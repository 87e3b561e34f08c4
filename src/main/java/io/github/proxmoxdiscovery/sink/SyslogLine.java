package io.github.proxmoxdiscovery.sink;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Makes a line of syslog (RFC 5424) of an event: what one searches by as structured data, the whole message as JSON
 * behind it. Whatever a guest calls itself, it cannot end the line, the value or the element that it stands in.
 */
public final class SyslogLine {

    /** Bytes that a line has at most: what rsyslog and others take unless they are told otherwise. */
    static final int LONGEST_LINE = 8192;

    /** Characters that a value has at most; a list of addresses can be longer. */
    static final int LONGEST_VALUE = 400;

    private static final int LONGEST_HOSTNAME = 255;
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;
    private static final int SEVERITIES = 8;

    /** The number that RFC 5612 keeps for examples: ours has none of its own. */
    private static final String ELEMENT = "host@32473";

    private static final String NOTHING = "-";
    private static final char UNPRINTABLE = '\ufffd';
    private static final int LAST_ASCII = '~';

    private static final Set<Integer> WITHOUT_A_SHAPE = Set.of(
            (int) Character.CONTROL,
            (int) Character.FORMAT,
            (int) Character.SURROGATE,
            (int) Character.LINE_SEPARATOR,
            (int) Character.PARAGRAPH_SEPARATOR,
            (int) Character.UNASSIGNED,
            (int) Character.PRIVATE_USE);

    private final int facility;
    private final String hostname;

    /**
     * @param facility its number, 0 to 23
     * @param hostname of the machine that sends; empty if it is not known
     */
    public SyslogLine(int facility, String hostname) {
        this.facility = facility;
        String printable = hostname.replaceAll("[^!-~]", "");
        this.hostname =
                printable.isEmpty() ? NOTHING : printable.substring(0, Math.min(printable.length(), LONGEST_HOSTNAME));
    }

    /**
     * The line, without an end.
     *
     * @param type of the event, such as {@code updated}
     * @param eventId of the event, the same when it is sent again
     * @param time of the event, RFC 3339
     * @param host the message
     * @param json the same as text
     */
    public byte[] of(String type, String eventId, String time, JsonNode host, String json) {
        int severity = "observed".equals(type) ? INFORMATIONAL : NOTICE;
        String header = "<" + (facility * SEVERITIES + severity) + ">1 " + time + " " + hostname
                + " proxmox-discovery - " + type + " ";
        Map<String, String> values = values(eventId, host);
        byte[] whole = bytes(header + element(values) + " " + ascii(json));
        if (whole.length <= LONGEST_LINE) {
            return whole;
        }
        // A JSON that is cut can be read by nobody.
        values.put("left_out", "message");
        return bytes(header + element(values));
    }

    private static Map<String, String> values(String eventId, JsonNode host) {
        JsonNode proxmox = host.path("proxmox");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("id", host.path("id").asText());
        values.put("event", eventId);
        values.put("mac", host.path("mac").asText());
        values.put("hostname", host.path("hostname").asText());
        values.put("ip", list(host.path("ip_addresses")));
        values.put("cluster", proxmox.path("cluster").asText());
        values.put("node", proxmox.path("node").asText());
        values.put("type", proxmox.path("type").asText());
        values.put("vmid", proxmox.path("vmid").asText());
        values.put("status", proxmox.path("status").asText());
        values.put("tags", list(proxmox.path("tags")));
        return values;
    }

    private static String list(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    private static String element(Map<String, String> values) {
        StringBuilder element = new StringBuilder("[").append(ELEMENT);
        values.forEach((name, value) -> {
            if (!value.isEmpty()) {
                element.append(' ').append(name).append("=\"");
                append(element, value);
                element.append('"');
            }
        });
        return element.append(']').toString();
    }

    /** A value as RFC 5424 has it: three characters escaped. What has no shape could only deceive whoever reads it. */
    private static void append(StringBuilder element, String value) {
        int shown = 0;
        for (int codePoint : value.codePoints().toArray()) {
            if (shown++ == LONGEST_VALUE) {
                element.append('…');
                return;
            }
            if (codePoint == '"' || codePoint == '\\' || codePoint == ']') {
                element.append('\\');
            }
            element.appendCodePoint(WITHOUT_A_SHAPE.contains(Character.getType(codePoint)) ? UNPRINTABLE : codePoint);
        }
    }

    /** JSON in ASCII: so it needs no byte order mark, which RFC 5424 wants before UTF-8 and many receivers stumble at. */
    private static String ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (char unit : json.toCharArray()) {
            if (unit < ' ') {
                ascii.append(' ');
            } else if (unit > LAST_ASCII) {
                ascii.append(String.format("\\u%04x", (int) unit));
            } else {
                ascii.append(unit);
            }
        }
        return ascii.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
