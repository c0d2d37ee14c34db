package dev.portcullis.policy.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The nearest word that would have been right.
final class Suggestion {
    private static final int LONGEST = 64;

    private Suggestion() {}

    /// The candidate with the smallest edit distance, when it is near enough to be a typing mistake.
    static Optional<String> of(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= farthest(candidate))
                .map(candidate -> new Near(candidate, distance(word, candidate)))
                .filter(near -> near.distance() <= farthest(near.word()))
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
                .map(Near::word);
    }

    private record Near(String word, int distance) {}

    /// What is farther away is another word.
    private static int farthest(String candidate) {
        return Math.max(1, candidate.length() / 3);
    }

    /// How many letters to insert, remove, replace or swap with their neighbour; case costs nothing.
    private static int distance(String one, String two) {
        var left = one.toLowerCase(Locale.ROOT);
        var right = two.toLowerCase(Locale.ROOT);
        var costs = new int[left.length() + 1][right.length() + 1];
        for (var i = 0; i <= left.length(); i++) {
            for (var j = 0; j <= right.length(); j++) {
                costs[i][j] = i == 0 ? j : j == 0 ? i : cheapest(costs, left, right, i, j);
            }
        }
        return costs[left.length()][right.length()];
    }

    private static int cheapest(int[][] costs, String left, String right, int i, int j) {
        var replace = costs[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        var cheapest = Math.min(replace, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        var swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(cheapest, costs[i - 2][j - 2] + 1) : cheapest;
    }
}
