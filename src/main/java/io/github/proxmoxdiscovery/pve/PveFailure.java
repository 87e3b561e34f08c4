package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.Reason;

/**
 * A request that did not give what was asked for.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param statusLine status and reason phrase as Proxmox sent them, or empty
 * @param message for people: the status line, or what happened
 */
public record PveFailure(Reason reason, int status, String statusLine, String message) {

    private static final int CONNECTION_REFUSED = 595;
    private static final int TIMED_OUT = 596;
    private static final int BODY_ERROR = 597;

    /**
     * What an error status means. Proxmox puts the cause into the reason phrase; 595 to 599 are those of AnyEvent::HTTP
     * for a node that the one asked cannot reach.
     */
    public static PveFailure ofStatus(int status, String reasonPhrase) {
        String phrase = reasonPhrase.strip();
        String statusLine = (status + " " + phrase).strip();
        return new PveFailure(reason(status, phrase), status, statusLine, statusLine);
    }

    private static Reason reason(int status, String phrase) {
        if (phrase.startsWith("Configuration file") && phrase.endsWith("does not exist")) {
            return Reason.GONE;
        }
        if (status < 400) {
            return Reason.BAD_REPLY;
        }
        return switch (status) {
            case 401 -> Reason.LOGIN_FAILED;
            case 403 -> Reason.FORBIDDEN;
            case CONNECTION_REFUSED -> Reason.NODE_OFFLINE;
            case TIMED_OUT -> Reason.TIMEOUT;
            case BODY_ERROR -> Reason.BAD_REPLY;
            default -> Reason.SERVER_ERROR;
        };
    }
}
