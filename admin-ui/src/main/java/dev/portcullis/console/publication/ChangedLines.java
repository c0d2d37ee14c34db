package dev.portcullis.console.publication;

import dev.portcullis.console.tools.LineDiff;

import java.util.ArrayList;
import java.util.List;

/// The lines of two texts that differ, and a few beside them: `- ` goes, `+ ` comes, a line that stays begins with
/// two spaces, and `…` stands for those between. What the texts begin and end with in common costs nothing, however
/// long they are.
final class ChangedLines {
    private static final int BESIDE = 3;
    private static final int MOST = 2_000;
    private static final String LEFT_OUT = "…";

    private ChangedLines() {}

    static List<String> between(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        var old = before.lines().toList();
        var fresh = after.lines().toList();
        int head = 0;
        int least = Math.min(old.size(), fresh.size());
        while (head < least && old.get(head).equals(fresh.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < least - head && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
            tail++;
        }
        var lines = new ArrayList<String>();
        old.subList(0, head).forEach(line -> lines.add("  " + line));
        lines.addAll(LineDiff.between(
                String.join("\n", old.subList(head, old.size() - tail)),
                String.join("\n", fresh.subList(head, fresh.size() - tail))));
        old.subList(old.size() - tail, old.size()).forEach(line -> lines.add("  " + line));
        return shortened(lines);
    }

    private static List<String> shortened(List<String> lines) {
        var shown = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("  ")) {
                for (int near = Math.max(0, i - BESIDE); near <= Math.min(lines.size() - 1, i + BESIDE); near++) {
                    shown[near] = true;
                }
            }
        }
        var some = new ArrayList<String>();
        for (int i = 0; i < lines.size() && some.size() < MOST; i++) {
            if (shown[i]) {
                some.add(lines.get(i));
            } else if (some.isEmpty() || !some.getLast().equals(LEFT_OUT)) {
                some.add(LEFT_OUT);
            }
        }
        if (some.size() == MOST) {
            some.add(LEFT_OUT);
        }
        return some;
    }
}
