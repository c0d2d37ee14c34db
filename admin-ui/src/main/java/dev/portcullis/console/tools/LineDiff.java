package dev.portcullis.console.tools;

import java.util.ArrayList;
import java.util.List;

/// What has to change in one text to get another, line by line: `- ` goes, `+ ` comes, and a line that stays
/// begins with two spaces. Texts of very many lines are shown as replaced whole.
public final class LineDiff {
    private static final int MOST_LINES = 400;
    private static final int LONGEST_LINE = 4_000;

    private LineDiff() {}

    public static List<String> between(String before, String after) {
        var old = lines(before);
        var fresh = lines(after);
        var length = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                length[i][j] = old.get(i).equals(fresh.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return walk(old, fresh, length);
    }

    private static List<String> walk(List<String> old, List<String> fresh, int[][] length) {
        var diff = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < fresh.size()) {
            if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
                diff.add("  " + shortened(old.get(i)));
                i++;
                j++;
            } else if (j == fresh.size() || (i < old.size() && length[i + 1][j] >= length[i][j + 1])) {
                diff.add("- " + shortened(old.get(i++)));
            } else {
                diff.add("+ " + shortened(fresh.get(j++)));
            }
        }
        return diff;
    }

    /// At most so many lines: what follows is one line that says how many there were, and is not taken for
    /// equal unless it is.
    private static List<String> lines(String text) {
        var all = text.lines().toList();
        if (all.size() <= MOST_LINES) {
            return all;
        }
        var rest = all.subList(MOST_LINES, all.size());
        var some = new ArrayList<>(all.subList(0, MOST_LINES));
        some.add("… and %d lines (%08x)".formatted(rest.size(), rest.hashCode()));
        return some;
    }

    private static String shortened(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
    }
}
