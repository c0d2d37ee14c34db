package dev.portcullis.console.events.ui;

import java.util.ArrayList;
import java.util.List;

/// What has to change in one text to get another, line by line: `- ` goes, `+ ` comes, and a line that stays begins
/// with two spaces. Texts of many lines are shown one after the other.
final class LineChanges {
    private static final int MOST_LINES = 300;

    private LineChanges() {}

    static List<String> between(String before, String after) {
        var old = before.lines().toList();
        var fresh = after.lines().toList();
        var changes = new ArrayList<String>();
        if (old.size() > MOST_LINES || fresh.size() > MOST_LINES) {
            old.forEach(line -> changes.add("- " + line));
            fresh.forEach(line -> changes.add("+ " + line));
            return changes;
        }
        var common = common(old, fresh);
        int i = 0;
        int j = 0;
        while (i < old.size() || j < fresh.size()) {
            if (i < old.size() && j < fresh.size() && old.get(i).equals(fresh.get(j))) {
                changes.add("  " + old.get(i++));
                j++;
            } else if (j == fresh.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                changes.add("- " + old.get(i++));
            } else {
                changes.add("+ " + fresh.get(j++));
            }
        }
        return changes;
    }

    /// How many lines the rests have in common, from each pair of places on.
    private static int[][] common(List<String> old, List<String> fresh) {
        var length = new int[old.size() + 1][fresh.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = fresh.size() - 1; j >= 0; j--) {
                length[i][j] = old.get(i).equals(fresh.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
