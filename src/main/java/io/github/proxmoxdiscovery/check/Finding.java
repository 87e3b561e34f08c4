package io.github.proxmoxdiscovery.check;

import java.util.List;

/**
 * One thing that was looked at.
 *
 * @param of the cluster or sink, or {@code routes}
 * @param what was looked at, a word or two
 * @param found what was found, for people
 * @param remedy what the operator can do, or empty
 * @param lines to be copied as they stand: commands, or lines of the configuration
 */
public record Finding(Verdict verdict, String of, String what, String found, String remedy, List<String> lines) {

    /** How good it is. */
    public enum Verdict {
        OK,
        /** Discovery works, but not all that it could do. */
        WARN,
        /** Discovery will fail here. */
        FAIL,
        /** It could not be looked at, because of something that failed before. */
        SKIP
    }

    public Finding {
        lines = List.copyOf(lines);
    }

    public static Finding ok(String of, String what, String found) {
        return new Finding(Verdict.OK, of, what, found, "", List.of());
    }

    public static Finding skip(String of, String what, String why) {
        return new Finding(Verdict.SKIP, of, what, why, "", List.of());
    }

    public static Finding warn(String of, String what, String found, String remedy, List<String> lines) {
        return new Finding(Verdict.WARN, of, what, found, remedy, lines);
    }

    public static Finding fail(String of, String what, String found, String remedy, List<String> lines) {
        return new Finding(Verdict.FAIL, of, what, found, remedy, lines);
    }

    public boolean isFailure() {
        return verdict == Verdict.FAIL;
    }
}
