package dev.portcullis.sandbox.catalogue;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The runs there were, oldest first.
///
/// Not thread-safe: [Catalogue#exclusively] is the lock. Keeps [#CAPACITY] runs: the oldest that is
/// over makes room, and when none is over a new one is refused.
final class Runs {

    static final int CAPACITY = 1_000;

    private final Map<String, Run> runs = new LinkedHashMap<>();

    void add(Run run) {
        if (runs.size() >= CAPACITY) {
            makeRoom();
        }
        runs.put(run.id(), run);
    }

    void replace(Run run) {
        runs.replace(run.id(), run);
    }

    Run get(String id, Run.Kind kind) {
        var run = runs.get(id);
        if (run == null || run.kind() != kind) {
            throw new ToolFailure("No %s run has the id '%s'. run_action and trigger_run return the id."
                    .formatted(kind == Run.Kind.ACTION ? "action" : "workflow", id));
        }
        return run;
    }

    List<Run> due(Instant now) {
        return runs.values().stream().filter(run -> run.isDue(now)).toList();
    }

    private void makeRoom() {
        var oldest = runs.values().stream()
                .filter(Run::isOver)
                .findFirst()
                .orElseThrow(() -> new ToolFailure("Too many runs are in progress. Try again in a moment."));
        runs.remove(oldest.id());
    }
}
