package dev.portcullis.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds the key somebody probably meant.
final class Suggestion {
    private static final int FARTHEST = 2;

    private Suggestion() {}

    /// The nearest of `known`, when it is at most two edits away or differs in case, `-` and `_` only.
    static Optional<String> nearest(String unknown, Collection<String> known) {
        return known.stream()
                .filter(key -> distance(bare(unknown), bare(key)) <= Math.min(FARTHEST, key.length() / 2))
                .min(Comparator.comparingInt((String key) -> distance(bare(unknown), bare(key)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String bare(String key) {
        return key.replaceAll("[-_]", "").toLowerCase(java.util.Locale.ROOT);
    }

    /// Levenshtein's, one row at a time.
    private static int distance(String left, String right) {
        var row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int above = row[j];
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
