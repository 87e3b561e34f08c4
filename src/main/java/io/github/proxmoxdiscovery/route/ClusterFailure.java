package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.host.Reason;
import io.github.proxmoxdiscovery.pve.PveFailure;

/** What a failed request means when it was one without which a cluster cannot be read at all. */
final class ClusterFailure {

    private ClusterFailure() {}

    static Reason reason(PveFailure failure) {
        return failure.reason() == Reason.FORBIDDEN ? Reason.PRIVILEGE_MISSING : failure.reason();
    }

    static String message(PveFailure failure) {
        return "the cluster could not be read: " + failure.message();
    }
}
