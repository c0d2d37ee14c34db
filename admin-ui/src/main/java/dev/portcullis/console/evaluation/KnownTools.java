package dev.portcullis.console.evaluation;

import dev.portcullis.console.tools.CataloguedTool;
import dev.portcullis.console.tools.query.ToolQuery;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReviewedTool;
import dev.portcullis.policy.profile.Profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tools that are known of a route: those of its profile, those that somebody reviewed, and those that lists have
/// shown.
final class KnownTools {
    /// So many of the catalogue are looked at; a server that offers more is not told of as a whole.
    private static final int MOST = 2_000;

    private final ToolQuery catalogue;

    KnownTools(ToolQuery catalogue) {
        this.catalogue = catalogue;
    }

    /// As callers are shown them, where lists have shown them; otherwise as they were when they were reviewed.
    List<ListedTool> of(PolicyDocument document, String route) {
        var tools = new TreeMap<String, ListedTool>();
        Optional.ofNullable(document.routes().get(route))
                .map(found -> Profile.load(found.profile()).toolNames())
                .ifPresent(names -> names.forEach(name -> tools.put(name, ListedTool.unseen(name))));
        document.tools()
                .getOrDefault(route, Map.of())
                .forEach((name, review) -> tools.put(name, reviewed(name, review)));
        catalogue.page(Optional.of(route), Optional.empty(), MOST).forEach(tool -> tools.put(tool.name(), shown(tool)));
        return List.copyOf(tools.values());
    }

    private static ListedTool reviewed(String name, ReviewedTool review) {
        return new ListedTool(name, review.definition(), Optional.empty());
    }

    private static ListedTool shown(CataloguedTool tool) {
        var current = tool.current();
        return new ListedTool(tool.name(), Optional.of(current.definition()), current.readOnlyHint());
    }
}
