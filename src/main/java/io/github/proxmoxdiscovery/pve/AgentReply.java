package io.github.proxmoxdiscovery.pve;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.proxmoxdiscovery.host.AgentState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What came of asking a guest for its interfaces.
 *
 * @param interfaces empty unless the state is {@code OK}
 * @param message what was said instead of an answer, or empty
 */
public record AgentReply(AgentState state, List<GuestInterface> interfaces, String message) {

    private static final int FORBIDDEN = 403;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Pattern NOT_RUNNING = Pattern.compile("VM \\d+ is not running");

    public static AgentReply off() {
        return without(AgentState.OFF, "");
    }

    public static AgentReply locked(String lock) {
        return without(AgentState.LOCKED, "the guest has the lock '" + lock + "'");
    }

    /** What it said last: it is not asked again yet. */
    public static AgentReply before(AgentState state, String message) {
        return without(state, message);
    }

    /** It was not asked, because nobody may whose token or user is ours: that is said once, of the cluster. */
    public static AgentReply refused() {
        return without(AgentState.REFUSED, "");
    }

    public static AgentReply ofTimeout(String message) {
        return without(AgentState.SILENT, message);
    }

    /**
     * The answer of a QEMU guest agent. An error of the agent itself comes with status 200, as an object in place of the
     * list (PVE/API2/Qemu/Agent.pm).
     */
    public static AgentReply ofQemu(JsonNode data) {
        JsonNode result = data.path("result");
        if (result.isArray()) {
            return answered(result);
        }
        JsonNode error = result.path("error");
        if (error.isObject()) {
            String type = Objects.requireNonNullElse(Json.text(error, "class"), "GenericError");
            String said = Objects.requireNonNullElse(Json.text(error, "desc"), "no description");
            boolean unsupported = isUnsupported(type) || saysUnsupported(said);
            return without(unsupported ? AgentState.UNSUPPORTED : AgentState.ERROR, type + ": " + said);
        }
        return without(AgentState.ERROR, "the agent's answer has no list of interfaces");
    }

    private static boolean isUnsupported(String errorClass) {
        return switch (errorClass) {
            case "CommandNotFound", "CommandDisabled", "Unsupported" -> true;
            default -> false;
        };
    }

    /** Agents before QEMU 6.0 call a blocked command a GenericError. */
    private static boolean saysUnsupported(String text) {
        return text.contains("has not been found") || text.contains("has been disabled");
    }

    /** The answer of a container's runtime: a list, or null for a container that does not run (PVE/LXC.pm). */
    public static AgentReply ofLxc(JsonNode data) {
        if (data.isNull()) {
            return off();
        }
        return data.isArray() ? answered(data) : without(AgentState.ERROR, "the answer is not a list of interfaces");
    }

    /** An error status; the words are those of PVE/API2/Qemu/Agent.pm and PVE/QemuServer.pm. */
    public static AgentReply ofFailure(int status, String message) {
        return without(state(status, message), message);
    }

    private static AgentState state(int status, String message) {
        if (status == FORBIDDEN) {
            return AgentState.REFUSED;
        }
        if (status == NOT_IMPLEMENTED || saysUnsupported(message)) {
            return AgentState.UNSUPPORTED;
        }
        if (message.contains("guest agent is not running") || message.contains("got timeout")) {
            return AgentState.SILENT;
        }
        boolean off = message.contains("No QEMU guest agent configured")
                || NOT_RUNNING.matcher(message).find();
        return off ? AgentState.OFF : AgentState.ERROR;
    }

    private static AgentReply answered(JsonNode rows) {
        List<GuestInterface> interfaces = Json.elements(rows)
                .map(GuestInterface::parse)
                .flatMap(Optional::stream)
                .toList();
        return new AgentReply(AgentState.OK, interfaces, "");
    }

    private static AgentReply without(AgentState state, String message) {
        return new AgentReply(state, List.of(), message);
    }
}
