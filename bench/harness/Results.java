package harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What was measured, and whether it meets the targets. */
final class Results {

    private static final String MISSED = "**missed**";

    /**
     * One round of one program.
     *
     * @param wall in seconds, as are the CPU's
     * @param stats what the cluster saw
     */
    record Round(
            double wall, double cpu, long mebibytes, ClusterProcess.Stats stats, long right, long expected, int exit) {}

    private final List<String> figures = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
        return median(rounds.stream().map(of::applyAsDouble).toList());
    }

    /** The medians of a program's rounds. */
    void figures(String scenario, String program, List<Round> rounds) {
        Round last = rounds.get(rounds.size() - 1);
        boolean differs = rounds.stream().anyMatch(round -> round.right() != last.right());
        String all = rounds.stream().map(round -> number(round.wall())).collect(Collectors.joining(" "));
        long worst = rounds.stream().mapToLong(Round::right).min().orElse(0);
        String exits = rounds.stream().map(Round::exit).filter(exit -> exit != 0).distinct().map(String::valueOf)
                .collect(Collectors.joining(", "));
        add(figures, String.format(
                Locale.ROOT,
                "| %s | %s%s | **%s** (%s) | %s | %d | %d | %d | %d, %d, %d | %d of %d%s |",
                scenario,
                program,
                exits.isEmpty() ? "" : " (exit code " + exits + ")",
                number(median(rounds, Round::wall)),
                all,
                number(median(rounds, Round::cpu)),
                rounds.stream().mapToLong(Round::mebibytes).max().orElse(0),
                last.stats().requests(),
                last.stats().connections(),
                last.stats().inFlight(),
                last.stats().atNode(),
                last.stats().calls(),
                worst,
                last.expected(),
                differs ? " in the worst round" : ""));
    }

    /** A result that must not be above its target. */
    void atMost(String scenario, String what, double value, double target, String unit) {
        row(scenario, what, number(value) + unit, "<= " + number(target) + unit, value <= target);
    }

    void equal(String scenario, String what, long value, long target) {
        row(scenario, what, String.valueOf(value), "= " + target, value == target);
    }

    /** A result that has no target. */
    void told(String scenario, String what, double value, String unit) {
        add(targets, "| " + scenario + " | " + what + " | " + number(value) + unit + " | | |");
    }

    /** All interfaces have to be right, in each round. */
    void allRight(String scenario, String program, List<Round> rounds) {
        Round worst = rounds.stream().min((a, b) -> Long.compare(a.right(), b.right())).orElseThrow();
        row(scenario, program + ": interfaces right", worst.right() + " of " + worst.expected(), "all",
                worst.right() == worst.expected());
    }

    /** A scenario that could not be measured to its end is no success. */
    void broken(String scenario, Exception why) {
        row(scenario, "measured to its end", "no: " + String.valueOf(why.getMessage()).lines().findFirst().orElse(""),
                "yes", false);
        remark(scenario + " broke off: " + why);
    }

    void remark(String text) {
        add(remarks, "- " + text);
    }

    private void row(String scenario, String what, String value, String target, boolean met) {
        add(targets, String.format(
                "| %s | %s | %s | %s | %s |", scenario, what, value, target, met ? "met" : MISSED));
    }

    private static void add(List<String> lines, String line) {
        lines.add(line);
        System.out.println(line);
    }

    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    boolean allMet() {
        return targets.stream().noneMatch(line -> line.contains(MISSED));
    }

    void write(Path file, String head) throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Results", "", head, "", "## Against the targets", ""));
        lines.add("| scenario | what | result | target | |");
        lines.add("|---|---|---|---|---|");
        lines.addAll(targets);
        lines.addAll(List.of("", "## Figures", ""));
        lines.add("Wall and CPU are medians, in seconds, wall with all rounds behind it. In flight: the most requests at"
                + " once in a cluster, at a node, and of these calls into guests.");
        lines.add("");
        lines.add("| scenario | program | wall | CPU | peak MiB | requests | connections | in flight | right |");
        lines.add("|---|---|---|---|---|---|---|---|---|");
        lines.addAll(figures);
        if (!remarks.isEmpty()) {
            lines.addAll(List.of("", "## Remarks", ""));
            lines.addAll(remarks);
        }
        Files.write(file, lines);
    }
}
