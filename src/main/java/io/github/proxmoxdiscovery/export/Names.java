package io.github.proxmoxdiscovery.export;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Gives each guest a name that no other one has. A name that several guests want, none of them gets as it is: which
 * guest it means would depend on which was there first.
 */
final class Names {

    private final Function<HostView, String> wish;
    private final BinaryOperator<String> suffixed;
    private final Set<String> wanted = new HashSet<>();
    private final Set<String> shared = new HashSet<>();
    private final Set<String> given = new HashSet<>();

    /**
     * @param all the guests that want a name
     * @param wish what a guest would be called if it were alone
     * @param suffixed puts something behind a name
     */
    Names(Iterator<List<HostView>> all, Function<HostView, String> wish, BinaryOperator<String> suffixed) {
        this.wish = wish;
        this.suffixed = suffixed;
        while (all.hasNext()) {
            String name = wish.apply(all.next().get(0));
            if (!wanted.add(name)) {
                shared.add(name);
            }
        }
    }

    /** The name of a guest; to be asked for once. */
    String of(HostView guest) {
        return free(wish.apply(guest), guest);
    }

    /** A further name of a guest, as it is or with something behind it. */
    String further(String name, HostView guest) {
        return free(wanted.contains(name) ? suffixed.apply(name, guest.vmid()) : name, guest);
    }

    private String free(String name, HostView guest) {
        // A guest that came meanwhile may want a name that was given.
        if (!shared.contains(name) && given.add(name)) {
            return name;
        }
        String numbered = suffixed.apply(name, guest.vmid());
        if (!wanted.contains(numbered) && given.add(numbered)) {
            return numbered;
        }
        String full = suffixed.apply(numbered, guest.cluster());
        for (int copy = 2; wanted.contains(full) || !given.add(full); copy++) {
            full = suffixed.apply(numbered, guest.cluster() + "-" + copy);
        }
        return full;
    }
}
