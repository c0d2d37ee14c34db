package dev.portcullis.console.publication;

import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.policy.document.DocumentDiff;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.rego.RegoModule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What differs between a proposal and the version it was made for.
final class ProposalComparison {
    private ProposalComparison() {}

    static List<DocumentDiff.Change> meaning(String before, String after) {
        return DocumentReader.read(before) instanceof ReadResult.Valid(var old, var _)
                        && DocumentReader.read(after) instanceof ReadResult.Valid(var fresh, var _)
                ? DocumentDiff.between(old, fresh).changes()
                : List.of();
    }

    static List<ProposalDetail.ModuleChange> modules(OwnRego before, OwnRego after) {
        var old = sources(before);
        var fresh = sources(after);
        var paths = new TreeSet<>(old.keySet());
        paths.addAll(fresh.keySet());
        var changes = new ArrayList<ProposalDetail.ModuleChange>();
        for (var path : paths) {
            var was = old.getOrDefault(path, "");
            var is = fresh.getOrDefault(path, "");
            if (!was.equals(is)) {
                var kind = !old.containsKey(path) ? "added" : fresh.containsKey(path) ? "changed" : "removed";
                changes.add(new ProposalDetail.ModuleChange(path, kind, ChangedLines.between(was, is)));
            }
        }
        return changes;
    }

    private static Map<String, String> sources(OwnRego own) {
        var sources = new LinkedHashMap<String, String>();
        for (RegoModule module : own.modules().modules()) {
            sources.put(module.path(), module.source());
        }
        return sources;
    }
}
