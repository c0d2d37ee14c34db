package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.MappingNode;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Changes the text of a document in one place and leaves everything else, comments and layout
/// included, as it is.
///
/// Every method takes a valid document, in YAML or JSON, and returns the changed text, which reads as the
/// same document but for this change. It throws an [IllegalArgumentException] when the text is not a valid
/// document, the result is not one, or the text is written in a way in which this cannot be changed alone.
public final class DocumentEditor {
    private DocumentEditor() {}

    /// Adds a route, or replaces the one of that name.
    public static String withRoute(
            String text, String name, URI upstream, Route.Authentication authentication, String profile) {
        var route = new Route(name, new Route.Upstream.Remote(upstream), profile, authentication);
        var before = valid(text);
        var routes = new LinkedHashMap<>(before.routes());
        routes.put(name, route);
        return checked(
                RouteEdit.of(text, route),
                new PolicyDocument(before.organization(), routes, before.rules(), before.tools()),
                "route " + name);
    }

    /// Says what somebody decided about tools of a route.
    ///
    /// @param reviewed by the tool's name; one without definition leaves the definition there is
    public static String withTools(String text, String route, Map<String, ReviewedTool> reviewed) {
        var before = valid(text);
        var decided = new LinkedHashMap<>(before.tools().getOrDefault(route, Map.of()));
        var edited = text;
        for (var one : reviewed.entrySet()) {
            var known = Optional.ofNullable(decided.get(one.getKey()));
            edited = withTool(edited, route, one.getKey(), one.getValue(), known);
            decided.put(one.getKey(), over(one.getValue(), known));
        }
        var tools = new LinkedHashMap<>(before.tools());
        tools.put(route, decided);
        return checked(
                edited,
                new PolicyDocument(before.organization(), before.routes(), before.rules(), tools),
                "tools of " + route);
    }

    /// Takes back what somebody decided about a tool.
    ///
    /// @throws IllegalArgumentException also when nothing is decided about it
    public static String withoutTool(String text, String route, String name) {
        var before = valid(text);
        var decided = new LinkedHashMap<>(before.tools().getOrDefault(route, Map.of()));
        if (decided.remove(name) == null) {
            throw new IllegalArgumentException("tool " + name + ": nothing is decided about it on " + route);
        }
        var tools = new LinkedHashMap<>(before.tools());
        if (decided.isEmpty()) {
            tools.remove(route);
        } else {
            tools.put(route, decided);
        }
        return checked(
                withoutEmptied(text, List.of("tools", route, name)),
                new PolicyDocument(before.organization(), before.routes(), before.rules(), tools),
                "tools of " + route);
    }

    /// Without the entry, and without the mappings around it that would be empty then.
    private static String withoutEmptied(String text, List<String> path) {
        var editable = EditableText.of(text);
        var holder = editable.root();
        var key = path.getFirst();
        var inner = holder;
        for (int depth = 1; depth < path.size(); depth++) {
            inner = mapping(inner, path.get(depth - 1));
            if (inner.getValue().size() > 1) {
                holder = inner;
                key = path.get(depth);
            }
        }
        return new MappingEdit(editable, holder, Shape.OTHER).without(key);
    }

    private static MappingNode mapping(MappingNode outer, String key) {
        return EditableText.entry(outer, key)
                .filter(entry -> entry.getValueNode() instanceof MappingNode)
                .map(entry -> (MappingNode) entry.getValueNode())
                .orElseThrow(() -> new IllegalArgumentException(key + ": not a mapping"));
    }

    /// Adds a rule that denies tools of a route to everybody.
    ///
    /// @param id of no rule that is there
    public static String withDeniedTools(String text, String id, String route, List<String> tools, String reason) {
        var before = valid(text);
        var written = new LinkedHashMap<String, Object>();
        written.put("id", id);
        written.put("description", reason);
        written.put("match", Map.of("routes", List.of(route)));
        written.put("deniedTools", tools);
        var edited = EntryEdit.append(text, "rules", written);
        var rules = new ArrayList<>(before.rules());
        rules.add(valid(edited).rules().getLast());
        return checked(
                edited,
                new PolicyDocument(before.organization(), before.routes(), rules, before.tools()),
                "rule " + id);
    }

    private static String withTool(
            String text, String route, String name, ReviewedTool reviewed, Optional<ReviewedTool> known) {
        var path = List.of("tools", route, name);
        if (known.isEmpty()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("class", reviewed.toolClass().wireName());
            reviewed.definition().ifPresent(definition -> entry.put("definition", definition));
            return EntryEdit.put(text, path, entry);
        }
        var classified = known.get().toolClass() == reviewed.toolClass()
                ? text
                : EntryEdit.put(
                        text, inside(path, "class"), reviewed.toolClass().wireName());
        return reviewed.definition()
                .filter(definition -> !known.get().definition().equals(Optional.of(definition)))
                .map(definition -> EntryEdit.put(classified, inside(path, "definition"), definition))
                .orElse(classified);
    }

    private static ReviewedTool over(ReviewedTool reviewed, Optional<ReviewedTool> known) {
        return new ReviewedTool(
                reviewed.toolClass(), reviewed.definition().or(() -> known.flatMap(ReviewedTool::definition)));
    }

    private static List<String> inside(List<String> path, String key) {
        var longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static String checked(String edited, PolicyDocument expected, String what) {
        if (!valid(edited).equals(expected)) {
            throw new IllegalArgumentException(what + ": cannot be changed alone in this text");
        }
        return edited;
    }

    private static PolicyDocument valid(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new IllegalArgumentException(
                        invalid.errors().stream().map(DocumentProblem::describe).collect(Collectors.joining("\n")));
        };
    }
}
