package io.github.proxmoxdiscovery.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, in the order of the table of keys, for that is the order in which they are read. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    void add(String key, String what) {
        Problem problem = new Problem(key, key + ": " + what);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    /** The same, with an example of how it would be right. */
    void add(Key<?> key, String what) {
        add(key.name(), what + ". " + key.exampleSentence());
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
