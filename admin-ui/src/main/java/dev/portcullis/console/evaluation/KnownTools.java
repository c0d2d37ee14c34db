package dev.portcullis.console.evaluation;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReviewedTool;
import dev.portcullis.policy.profile.Profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tools that a policy knows of a route: those of its profile, and those that somebody reviewed.
final class KnownTools {
    private KnownTools() {}

    static List<ListedTool> of(PolicyDocument document, String route) {
        var tools = new TreeMap<String, ListedTool>();
        Optional.ofNullable(document.routes().get(route))
                .map(found -> Profile.load(found.profile()).toolNames())
                .ifPresent(names -> names.forEach(name -> tools.put(name, ListedTool.unseen(name))));
        document.tools()
                .getOrDefault(route, Map.of())
                .forEach((name, review) -> tools.put(name, reviewed(name, review)));
        return List.copyOf(tools.values());
    }

    /// As it was when it was reviewed.
    private static ListedTool reviewed(String name, ReviewedTool review) {
        return new ListedTool(name, review.definition(), Optional.empty());
    }
}
