package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.Restriction.AllowedActions;
import dev.portcullis.policy.document.Restriction.AllowedTools;
import dev.portcullis.policy.document.Restriction.DeniedTools;
import dev.portcullis.policy.profile.Profile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Doubts about names: of routes, tools, actions and groups that nobody has met.
final class NameSense {
    private final PolicyDocument document;
    private final KnownNames known;
    private final Doubts doubts;
    private final Set<String> routes;
    private final Set<String> tools;
    private final Set<String> called;
    private final List<Profile> profiles;

    private NameSense(PolicyDocument document, KnownNames known, Doubts doubts) {
        this.document = document;
        this.known = known;
        this.doubts = doubts;
        routes = document.routes().keySet();
        profiles = document.routes().values().stream()
                .map(route -> Profile.load(route.profile()))
                .distinct()
                .toList();
        tools = new HashSet<>();
        profiles.forEach(profile -> tools.addAll(profile.toolNames()));
        document.tools().values().forEach(reviewed -> tools.addAll(reviewed.keySet()));
        known.tools().values().forEach(tools::addAll);
        called = new HashSet<>();
        known.called().values().forEach(called::addAll);
    }

    static void check(PolicyDocument document, KnownNames known, Doubts doubts) {
        var sense = new NameSense(document, known, doubts);
        for (var i = 0; i < document.rules().size(); i++) {
            sense.rule(document.rules().get(i), "/rules/" + i);
        }
        document.tools().keySet().forEach(sense::reviewed);
    }

    private void rule(Rule rule, String path) {
        condition(rule.match(), path + "/match");
        rule.except().ifPresent(except -> condition(except, path + "/except"));
        switch (rule.restriction()) {
            case AllowedTools(var globs) -> tools(globs, path + "/allowedTools");
            case DeniedTools(var globs) -> tools(globs, path + "/deniedTools");
            case AllowedActions(var actions) ->
                unknown(globs(actions), path + "/allowedActions", known.actions(), "an action that a call has named");
            case Restriction.ReadOnly nameless -> {}
            case Restriction.AllowedNetworks nameless -> {}
            case Restriction.AllowedDomains nameless -> {}
            case Restriction.BlockedDomains nameless -> {}
            case Restriction.PinnedTools nameless -> {}
            case Restriction.Limit nameless -> {}
            case Restriction.Redact nameless -> {}
            case Restriction.RecordResult nameless -> {}
            case Restriction.Deny nameless -> {}
        }
    }

    private void condition(Condition condition, String path) {
        condition.routes().ifPresent(globs -> routes(globs, path + "/routes"));
        condition.tools().ifPresent(globs -> tools(globs, path + "/tools"));
        condition
                .actions()
                .ifPresent(
                        globs -> unknown(globs, path + "/actions", known.actions(), "an action that a call has named"));
        condition
                .groups()
                .ifPresent(
                        globs -> unknown(globs, path + "/groups", known.groups(), "a group that a caller has been in"));
    }

    private void routes(List<Glob> globs, String path) {
        for (var i = 0; i < globs.size(); i++) {
            if (routes.stream().noneMatch(globs.get(i)::matches)) {
                var pattern = globs.get(i).pattern();
                doubts.warn(path + "/" + i, pattern, "a route of this document", routes);
            }
        }
    }

    /// Where a route has a profile that names no tools, only what was listed can say that a name is wrong.
    /// A tool that was called is met; but callers misspell as well, so it is suggested to nobody.
    private void tools(List<Glob> globs, String path) {
        var isKnown = !profiles.isEmpty()
                && document.routes().values().stream()
                        .allMatch(route ->
                                !Profile.load(route.profile()).toolNames().isEmpty()
                                        || !known.toolsOf(route.name()).isEmpty());
        if (!isKnown) {
            return;
        }
        for (var i = 0; i < globs.size(); i++) {
            var glob = globs.get(i);
            var isMet = isMet(glob, tools)
                    || isMet(glob, called)
                    || (glob.isExact() && profiles.stream().anyMatch(profile -> profile.knows(glob.pattern())));
            if (!isMet) {
                doubts.warn(
                        path + "/" + i,
                        glob.pattern(),
                        "a tool that a profile knows, an upstream has listed or somebody has called",
                        tools);
            }
        }
    }

    private void unknown(List<Glob> globs, String path, Set<String> names, String expected) {
        if (names.isEmpty()) {
            return;
        }
        for (var i = 0; i < globs.size(); i++) {
            var glob = globs.get(i);
            if (!isMet(glob, names)) {
                doubts.warn(path + "/" + i, glob.pattern(), expected, names);
            }
        }
    }

    /// A reviewed tool that the upstream does not have does no harm, but hints at a mistake in its name.
    private void reviewed(String route) {
        var listed = known.toolsOf(route);
        if (listed.isEmpty()) {
            return;
        }
        for (var tool : document.tools().getOrDefault(route, Map.of()).keySet()) {
            if (!listed.contains(tool) && !known.isCalled(route, tool)) {
                doubts.warn(
                        "/tools/" + route + "/" + Place.pointerToken(tool),
                        tool,
                        "a tool that the upstream of route " + route + " has listed",
                        listed);
            }
        }
    }

    private static boolean isMet(Glob glob, Set<String> names) {
        return glob.isExact() ? names.contains(glob.pattern()) : names.stream().anyMatch(glob::matches);
    }

    private static List<Glob> globs(List<String> names) {
        var globs = new ArrayList<Glob>();
        names.forEach(name -> globs.add(new Glob(name)));
        return globs;
    }
}
