package dev.portcullis.standalone.client;

import java.util.ArrayList;
import java.util.List;

/// What has to change in one text to get another, line by line: `-` goes, `+` comes, three lines around
/// each change are shown as they are, and `…` stands for the rest.
public final class LineDiff {
    private static final int AROUND = 3;

    private LineDiff() {}

    /// Nothing when both are the same.
    public static List<String> between(String before, String after) {
        var all = all(before.lines().toList(), after.lines().toList());
        var result = new ArrayList<String>();
        boolean skipping = false;
        for (int i = 0; i < all.size(); i++) {
            if (isNearAChange(all, i)) {
                result.add(all.get(i));
                skipping = false;
            } else if (!skipping) {
                result.add("  …");
                skipping = true;
            }
        }
        return all.stream().allMatch(LineDiff::isKept) ? List.of() : result;
    }

    private static List<String> all(List<String> before, List<String> after) {
        var common = commonLengths(before, after);
        var result = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                result.add("  " + before.get(i));
                i++;
                j++;
            } else if (j == after.size() || (i < before.size() && common[i + 1][j] >= common[i][j + 1])) {
                result.add("- " + before.get(i++));
            } else {
                result.add("+ " + after.get(j++));
            }
        }
        return result;
    }

    /// How many lines the ends of both texts, from each pair of places, have in common.
    private static int[][] commonLengths(List<String> before, List<String> after) {
        var lengths = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                lengths[i][j] = before.get(i).equals(after.get(j))
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    }

    private static boolean isNearAChange(List<String> lines, int index) {
        return lines.subList(Math.max(0, index - AROUND), Math.min(lines.size(), index + AROUND + 1)).stream()
                .anyMatch(line -> !isKept(line));
    }

    private static boolean isKept(String line) {
        return line.startsWith("  ");
    }
}
