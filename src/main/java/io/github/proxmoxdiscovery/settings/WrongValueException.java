package io.github.proxmoxdiscovery.settings;

import java.io.Serial;

/** A value is not what its key asks for. The message goes on after the value: {@code is not a duration}. */
final class WrongValueException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    WrongValueException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
