package io.github.proxmoxdiscovery.run;

import io.github.proxmoxdiscovery.host.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Something that went wrong, as the run report tells it.
 *
 * @param where cluster, {@code cluster/node}, {@code cluster/type/vmid} or a host id
 * @param reason a word of the closed list
 * @param message what was seen, with the status line that Proxmox sent if there was one
 * @param remedy what the operator can do
 */
public record Failure(String where, Reason reason, String message, String remedy) {

    /** Control and format characters, and separators of lines: with them a message could forge a line of the log. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    public Failure {
        message = UNPRINTABLE.matcher(message).replaceAll(" ").strip();
    }

    /** With the remedy that is right wherever this happens. */
    public Failure(String where, Reason reason, String message) {
        this(where, reason, message, reason.remedy().replace("<name>", cluster(where)));
    }

    private static String cluster(String where) {
        int end = where.indexOf('/');
        return end < 0 ? where : where.substring(0, end);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("where", where);
        map.put("reason", reason.name());
        map.put("message", message);
        map.put("remedy", remedy);
        return map;
    }
}
