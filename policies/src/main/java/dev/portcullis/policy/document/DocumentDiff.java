package dev.portcullis.policy.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What differs in meaning between two documents: layout, comments and order make no difference.
///
/// @param changes routes first, then rules, then tools; each in the order of the documents
public record DocumentDiff(List<Change> changes) {
    public DocumentDiff {
        changes = List.copyOf(changes);
    }

    /// What happened to one part of the document.
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    /// The parts of a document that have names.
    public enum Section {
        DOCUMENT,
        ROUTE,
        RULE,
        TOOL
    }

    /// One named part that is not what it was.
    ///
    /// @param name the route's name, the rule's id, or `route/tool`
    /// @param fields the keys that differ; all keys of a part that was added or removed
    public record Change(Kind kind, Section section, String name, List<Field> fields) {
        public Change {
            fields = List.copyOf(fields);
        }

        /// One sentence for people.
        public String describe() {
            var what = section.name().toLowerCase(Locale.ROOT) + " " + name;
            return switch (kind) {
                case ADDED -> "Added " + what;
                case REMOVED -> "Removed " + what;
                case CHANGED ->
                    "Changed " + what + ": "
                            + fields.stream().map(Field::describe).collect(Collectors.joining("; "));
            };
        }
    }

    /// One key before and after.
    public record Field(String key, Optional<String> before, Optional<String> after) {
        public String describe() {
            return key + " " + before.orElse("(absent)") + " → " + after.orElse("(absent)");
        }
    }

    public static DocumentDiff between(PolicyDocument before, PolicyDocument after) {
        var changes = new ArrayList<Change>();
        compare(Section.DOCUMENT, document(before), document(after), changes);
        compare(Section.ROUTE, routes(before), routes(after), changes);
        compare(Section.RULE, rules(before), rules(after), changes);
        compare(Section.TOOL, tools(before), tools(after), changes);
        return new DocumentDiff(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    private static void compare(
            Section section,
            Map<String, Map<String, String>> before,
            Map<String, Map<String, String>> after,
            List<Change> changes) {
        for (var name : union(before, after)) {
            var fields = fields(before.getOrDefault(name, Map.of()), after.getOrDefault(name, Map.of()));
            var kind = !before.containsKey(name) ? Kind.ADDED : after.containsKey(name) ? Kind.CHANGED : Kind.REMOVED;
            if (kind != Kind.CHANGED || !fields.isEmpty()) {
                changes.add(new Change(kind, section, name, fields));
            }
        }
    }

    private static List<Field> fields(Map<String, String> before, Map<String, String> after) {
        return union(before, after).stream()
                .map(key -> new Field(key, Optional.ofNullable(before.get(key)), Optional.ofNullable(after.get(key))))
                .filter(field -> !field.before().equals(field.after()))
                .toList();
    }

    private static <V> List<String> union(Map<String, V> before, Map<String, V> after) {
        var names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return List.copyOf(names);
    }

    private static Map<String, Map<String, String>> document(PolicyDocument document) {
        return Map.of("document", Map.of("organization", document.organization()));
    }

    private static Map<String, Map<String, String>> routes(PolicyDocument document) {
        var routes = new LinkedHashMap<String, Map<String, String>>();
        document.routes().forEach((name, route) -> {
            var fields = new LinkedHashMap<String, String>();
            fields.put("upstream", upstream(route.upstream()));
            fields.put("profile", route.profile());
            fields.put("authentication", route.authentication().wireName());
            if (!route.hosts().isEmpty()) {
                fields.put("hosts", String.join(", ", route.hosts()));
            }
            route.credential().ifPresent(credential -> fields.put("credential", credential));
            if (route.trustAnnotations()) {
                fields.put("trustAnnotations", "true");
            }
            routes.put(name, fields);
        });
        return routes;
    }

    private static String upstream(Route.Upstream upstream) {
        return switch (upstream) {
            case Route.Upstream.Sandbox sandbox -> "sandbox";
            case Route.Upstream.Remote remote -> remote.uri().toString();
        };
    }

    private static Map<String, Map<String, String>> rules(PolicyDocument document) {
        var rules = new LinkedHashMap<String, Map<String, String>>();
        document.rules().forEach(rule -> rules.put(rule.id(), RuleText.fields(rule)));
        return rules;
    }

    private static Map<String, Map<String, String>> tools(PolicyDocument document) {
        var tools = new LinkedHashMap<String, Map<String, String>>();
        document.tools()
                .forEach((route, reviewed) ->
                        reviewed.forEach((tool, review) -> tools.put(route + "/" + tool, tool(review))));
        return tools;
    }

    private static Map<String, String> tool(ReviewedTool review) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("class", review.toolClass().wireName());
        review.definition().ifPresent(definition -> fields.put("definition", definition));
        return fields;
    }
}
