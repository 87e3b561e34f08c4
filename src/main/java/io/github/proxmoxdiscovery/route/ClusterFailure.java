package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.PveFailure;

/** What a failed request means when it was one without which a cluster cannot be read at all. */
final class ClusterFailure {

    private ClusterFailure() {}

    static Reason reason(PveFailure failure) {
        return switch (failure.reason()) {
            case FORBIDDEN -> Reason.PRIVILEGE_MISSING;
            // Also when the node that was asked does answer, but cannot reach the one that knows.
            case TIMEOUT, NODE_OFFLINE, DEADLINE -> Reason.UNREACHABLE;
            default -> failure.reason();
        };
    }

    static String message(PveFailure failure) {
        return "the cluster could not be read: " + failure.message();
    }
}
