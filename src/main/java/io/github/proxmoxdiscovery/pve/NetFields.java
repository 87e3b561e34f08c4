package io.github.proxmoxdiscovery.pve;

import io.github.proxmoxdiscovery.host.GuestType;
import io.github.proxmoxdiscovery.host.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one field of a network line after the other, and remembers which of them make no sense. */
final class NetFields {

    private static final int MAX_VLAN = 4094;
    private static final Pattern BRIDGE = Pattern.compile("[-_.A-Za-z0-9]+");

    /** Possessive, as a list of all VLANs would overflow the stack otherwise. */
    private static final Pattern RANGES = Pattern.compile("\\d++(?:-\\d++)?+(?:;\\d++(?:-\\d++)?+)*+");

    private static final Pattern NUMBERS = Pattern.compile("\\d++(?:;\\d++)*+");
    private static final Pattern NAME = Pattern.compile("[-_.A-Za-z0-9]+");

    private final PropertyString line;
    private final List<String> bad = new ArrayList<>();

    NetFields(PropertyString line) {
        this.line = line;
        if (!line.isWellFormed()) {
            bad.add("its form");
        }
    }

    /** What makes no sense in the line, in words; empty if it is all right. */
    List<String> bad() {
        return List.copyOf(bad);
    }

    void bad(String what) {
        bad.add(what);
    }

    void onlyKnown(Set<String> known) {
        line.keys().stream().filter(key -> !known.contains(key)).forEach(key -> bad("the key '" + key + "'"));
    }

    void required(String key) {
        if (!line.has(key)) {
            bad("no " + key);
        }
    }

    Optional<MacAddress> mac(String key) {
        return value(key, MacAddress::parse);
    }

    @Nullable
    Integer vlan() {
        return number("tag", 1, MAX_VLAN);
    }

    @Nullable
    Integer number(String key, int lowest, int highest) {
        return value(key, text -> text.matches("\\d{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty())
                .filter(number -> {
                    boolean inRange = number >= lowest && number <= highest;
                    if (!inRange) {
                        bad(key);
                    }
                    return inRange;
                })
                .orElse(null);
    }

    /** An option that is off when it is not there. */
    @Nullable
    Boolean flag(String key) {
        return line.has(key) ? value(key, PropertyString::bool).orElse(null) : Boolean.FALSE;
    }

    @Nullable
    String bridge() {
        return text("bridge", BRIDGE);
    }

    /** VLANs, and for a virtual machine ranges of them. */
    @Nullable
    String trunks(GuestType type) {
        return text("trunks", type == GuestType.QEMU ? RANGES : NUMBERS);
    }

    @Nullable
    String name() {
        return text("name", NAME);
    }

    /** A configured address; one of the words is no address, and no mistake. */
    Optional<Cidr> address(String key, Set<String> words, Function<String, Optional<Cidr>> parser) {
        if (line.get(key).filter(words::contains).isPresent()) {
            return Optional.empty();
        }
        return value(key, parser);
    }

    /** A field that is of no use to a host, but makes the line invalid if it makes no sense. */
    void check(String key, Predicate<String> valid) {
        value(key, text -> Optional.of(text).filter(valid));
    }

    private @Nullable String text(String key, Pattern pattern) {
        return value(key, text -> Optional.of(text).filter(pattern.asMatchPredicate()))
                .orElse(null);
    }

    private <T> Optional<T> value(String key, Function<String, Optional<T>> parser) {
        if (!line.has(key)) {
            return Optional.empty();
        }
        Optional<T> value = line.get(key).flatMap(parser);
        if (value.isEmpty()) {
            bad(key);
        }
        return value;
    }
}
