package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of Proxmox VE that a node runs, from {@code /version}.
 *
 * @param release as Proxmox names it, such as {@code 9.0}
 * @param major the number before the point
 */
public record PveVersion(String release, int major) {

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,3})\\.\\d{1,3}");

    /** The version that the answer names; empty if it names none. */
    public static Optional<PveVersion> parse(JsonNode data) {
        String text = Json.text(data, "release");
        Matcher release = RELEASE.matcher(text == null ? "" : text);
        return release.matches()
                ? Optional.of(new PveVersion(release.group(), Integer.parseInt(release.group(1))))
                : Optional.empty();
    }

    /** Whether the guest agent has privileges of its own: before 9, VM.Monitor is the one for it. */
    boolean hasAgentPrivileges() {
        return major >= 9;
    }

    @Override
    public String toString() {
        return release;
    }
}
