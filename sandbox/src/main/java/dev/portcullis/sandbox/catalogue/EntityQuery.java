package dev.portcullis.sandbox.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// A search over entities in Port's form: `{combinator: and|or, rules: [{property, operator, value},
/// …]}`.
///
/// A rule may itself be a query; scorecards write `conditions` where searches write `rules`. A property
/// is a key of the entity's properties or relations, or one of `$identifier`, `$title`, `$team` and
/// `$blueprint`.
public record EntityQuery(JsonObject query) {

    public static final Set<String> OPERATORS = Set.of(
            "=",
            "!=",
            ">",
            ">=",
            "<",
            "<=",
            "in",
            "notIn",
            "contains",
            "doesNotContain",
            "beginsWith",
            "endsWith",
            "isEmpty",
            "isNotEmpty",
            "relatedTo");

    public EntityQuery {
        validate(query);
    }

    /// An empty query matches every entity.
    public boolean matches(JsonObject entity) {
        return matches(query, entity);
    }

    private static boolean matches(JsonObject node, JsonObject entity) {
        if (node.has("operator")) {
            return holds(node, entity);
        }
        var rules = rules(node);
        return node.text("combinator", "and").toLowerCase(Locale.ROOT).equals("or")
                ? rules.isEmpty() || rules.stream().anyMatch(rule -> matches(rule, entity))
                : rules.stream().allMatch(rule -> matches(rule, entity));
    }

    private static boolean holds(JsonObject rule, JsonObject entity) {
        var actual = actual(rule.text("property", ""), entity);
        var expected = rule.value("value").orElse("");
        return switch (rule.text("operator", "=")) {
            case "=" -> actual.stream().anyMatch(value -> same(value, expected));
            case "!=" -> actual.stream().noneMatch(value -> same(value, expected));
            case ">" -> actual.stream().anyMatch(value -> compare(value, expected) > 0);
            case ">=" -> actual.stream().anyMatch(value -> compare(value, expected) >= 0);
            case "<" -> actual.stream().anyMatch(value -> compare(value, expected) < 0);
            case "<=" -> actual.stream().anyMatch(value -> compare(value, expected) <= 0);
            case "in" -> actual.stream().anyMatch(value -> listed(value, expected));
            case "notIn" -> actual.stream().noneMatch(value -> listed(value, expected));
            case "contains" -> actual.stream().anyMatch(value -> folded(value).contains(folded(expected)));
            case "doesNotContain" ->
                actual.stream().noneMatch(value -> folded(value).contains(folded(expected)));
            case "beginsWith" -> actual.stream().anyMatch(value -> folded(value).startsWith(folded(expected)));
            case "endsWith" -> actual.stream().anyMatch(value -> folded(value).endsWith(folded(expected)));
            case "isEmpty" -> actual.isEmpty();
            case "isNotEmpty" -> !actual.isEmpty();
            case "relatedTo" ->
                entity.object("relations").fields().values().stream().anyMatch(value -> listed(expected, value));
            default -> throw new IllegalStateException("operator: " + rule + " (expected: checked when read)");
        };
    }

    private static List<?> actual(String property, JsonObject entity) {
        var value = switch (property) {
            case "$identifier", "$title", "$blueprint", "$team" -> entity.value(property.substring(1));
            default ->
                entity.object("properties")
                        .value(property)
                        .or(() -> entity.object("relations").value(property));
        };
        return value.<List<?>>map(found -> found instanceof List<?> list ? list : List.of(found))
                .orElse(List.of());
    }

    private static boolean listed(Object value, Object list) {
        return list instanceof List<?> values
                ? values.stream().anyMatch(element -> same(value, element))
                : same(value, list);
    }

    private static boolean same(Object left, Object right) {
        if (left instanceof Number && right instanceof Number) {
            return compare(left, right) == 0;
        }
        return Objects.equals(left, right);
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Number number && right instanceof Number other) {
            return Double.compare(number.doubleValue(), other.doubleValue());
        }
        return left.toString().compareTo(right.toString());
    }

    private static String folded(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private static void validate(JsonObject node) {
        node.text("operator").ifPresent(operator -> {
            if (!OPERATORS.contains(operator)) {
                throw new ToolFailure("Unknown operator '%s' in the query. Known: %s"
                        .formatted(
                                operator,
                                String.join(" ", OPERATORS.stream().sorted().toList())));
            }
        });
        rules(node).forEach(EntityQuery::validate);
    }

    private static List<JsonObject> rules(JsonObject node) {
        return node.has("conditions") ? node.objects("conditions") : node.objects("rules");
    }
}
