package io.github.proxmoxdiscovery.cli;

import io.github.proxmoxdiscovery.check.Finding;
import io.github.proxmoxdiscovery.check.Finding.Verdict;
import io.github.proxmoxdiscovery.check.FindingLines;
import io.github.proxmoxdiscovery.settings.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Prints findings as they come, and how many there were. */
final class CheckReport {

    private final PrintWriter out;
    private final UnaryOperator<String> masked;
    private final FindingLines lines;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    /** @param masked takes secrets out of a text */
    CheckReport(PrintWriter out, UnaryOperator<String> masked, Settings settings) {
        this.out = out;
        this.masked = masked;
        this.lines = new FindingLines(names(settings));
    }

    private static List<String> names(Settings settings) {
        List<String> names = new ArrayList<>(List.of("routes", "data"));
        settings.clusters().forEach(cluster -> names.add(cluster.name()));
        settings.sinks().forEach(sink -> names.add(sink.name()));
        return names;
    }

    void say(List<Finding> findings) {
        for (Finding finding : findings) {
            counts.merge(finding.verdict(), 1, Integer::sum);
            lines.of(finding).forEach(line -> out.println(masked.apply(line)));
        }
        out.flush();
    }

    /** Sums up. */
    int end(int exitCode) {
        out.println();
        out.println(count(Verdict.OK) + " ok, " + count(Verdict.WARN) + " warn, " + count(Verdict.FAIL) + " fail, "
                + count(Verdict.SKIP) + " skip: exit code " + exitCode);
        out.flush();
        return exitCode;
    }

    private int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }
}
