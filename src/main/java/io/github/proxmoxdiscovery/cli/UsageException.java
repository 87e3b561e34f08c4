package io.github.proxmoxdiscovery.cli;

import java.io.Serial;
import java.util.List;

/** The command line, the configuration or the route files are wrong: one sentence a problem. */
final class UsageException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    UsageException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = problems;
    }

    List<String> problems() {
        return problems;
    }
}
