package io.github.proxmoxdiscovery.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How many typing errors lie between two words: a letter too many, missing, wrong, or two of them swapped. */
public final class EditDistance {

    private EditDistance() {}

    /** How many there are. */
    public static int between(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, distance);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int i, int j, int[][] distance) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(distance[i - 1][j] + 1, distance[i][j - 1] + 1);
        best = Math.min(best, distance[i - 1][j - 1] + wrong);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
    }

    /** The nearest of these keys, if there are no more errors than one, or a third of the last part of the name. */
    public static Optional<String> nearest(String name, Collection<String> names) {
        String typed = name.toLowerCase(Locale.ROOT);
        int most = Math.max(1, (name.length() - name.lastIndexOf('.') - 1) / 3);
        return names.stream()
                .min(Comparator.<String>comparingInt(candidate -> between(typed, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> between(typed, candidate) <= most);
    }
}
