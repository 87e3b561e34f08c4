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

    /**
     * Something that the configuration does not have.
     *
     * @param option where it was named
     * @param what it is
     * @param key of the setting that has their names
     */
    static UsageException unknown(String option, String what, String name, String key, List<String> names) {
        return new UsageException(List.of(option + ": there is no " + what + " " + TextTable.shown(name) + " in " + key
                + ", which names " + String.join(", ", names)));
    }

    List<String> problems() {
        return problems;
    }
}
