package io.github.proxmoxdiscovery.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Findings as aligned lines for a terminal of 100 columns. What is to be copied is never broken. */
public final class FindingLines {

    private static final int WIDTH = 100;
    private static final int VERDICT = 6;

    /** Whoever answers may say what it likes: control characters must not reach the terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    /** The longest of what is looked at. */
    private static final int WHAT = "interfaces".length() + 2;

    private final int of;

    /** @param names of the clusters and sinks, for which there is to be room */
    public FindingLines(Collection<String> names) {
        this.of = names.stream().mapToInt(String::length).max().orElse(0) + 2;
    }

    /** The lines of a finding. */
    public List<String> of(Finding finding) {
        List<String> lines = new ArrayList<>();
        add(finding, lines);
        return lines;
    }

    private void add(Finding finding, List<String> lines) {
        String start = padded(finding.verdict().name().toLowerCase(Locale.ROOT), VERDICT)
                + padded(finding.of(), of)
                + padded(finding.what(), WHAT);
        List<String> found = wrapped(finding.found(), WIDTH - start.length());
        for (int i = 0; i < found.size(); i++) {
            lines.add((i == 0 ? start : " ".repeat(start.length())) + found.get(i));
        }
        if (!finding.remedy().isEmpty()) {
            wrapped(finding.remedy(), WIDTH - VERDICT).forEach(line -> lines.add(" ".repeat(VERDICT) + line));
        }
        finding.lines().forEach(line -> lines.add(" ".repeat(VERDICT + 2) + printable(line)));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(width - text.length(), 0));
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(text).split(" +")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }
}
