package io.github.proxmoxdiscovery.route;

import io.github.proxmoxdiscovery.pve.PveFailure;
import java.io.Serial;

/** Proxmox answered, but not with what was asked for. */
public final class PveException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PveFailure failure;

    PveException(PveFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public PveFailure failure() {
        return failure;
    }
}
