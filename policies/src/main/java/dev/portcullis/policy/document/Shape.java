package dev.portcullis.policy.document;

import java.util.Arrays;
import java.util.List;

/// What a part of a document is, as far as its layout asks: the order of its keys, and whether it may
/// stand on one line.
enum Shape {
    DOCUMENT("apiVersion", "organization", "routes", "rules", "tools"),
    ROUTES,
    ROUTE("upstream", "profile", "hosts", "authentication", "credential", "trustAnnotations"),
    RULES,
    RULE(
            "id",
            "description",
            "owner",
            "mode",
            "match",
            "except",
            "readOnly",
            "allowedActions",
            "allowedTools",
            "deniedTools",
            "allowedNetworks",
            "allowedDomains",
            "blockedDomains",
            "pinnedTools",
            "deny",
            "limit",
            "redact",
            "recordResult",
            "message"),
    CONDITION(Arrays.stream(Condition.Key.values()).map(Condition.Key::wireName).toArray(String[]::new)),
    TIME("days", "from", "to", "zone"),
    LIMIT("calls", "per", "by", "withoutStore"),
    REDACT("arguments", "results", "keep"),
    TOOLS,
    TOOLS_OF_ROUTE,
    TOOL("class", "definition"),
    OTHER;

    /// Of [List#of].
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> keys;

    Shape(String... keys) {
        this.keys = List.of(keys);
    }

    /// The shape of what stands behind a key.
    Shape under(String key) {
        return switch (this) {
            case DOCUMENT ->
                switch (key) {
                    case "routes" -> ROUTES;
                    case "rules" -> RULES;
                    case "tools" -> TOOLS;
                    default -> OTHER;
                };
            case ROUTES -> ROUTE;
            case RULE ->
                switch (key) {
                    case "match", "except" -> CONDITION;
                    case "limit" -> LIMIT;
                    case "redact" -> REDACT;
                    default -> OTHER;
                };
            case CONDITION -> key.equals("time") ? TIME : OTHER;
            case TOOLS -> TOOLS_OF_ROUTE;
            case TOOLS_OF_ROUTE -> TOOL;
            case ROUTE, RULES, TIME, LIMIT, REDACT, TOOL, OTHER -> OTHER;
        };
    }

    /// The shape of the items of a list.
    Shape ofItems() {
        return this == RULES ? RULE : OTHER;
    }

    /// Where a key stands among its siblings; all free keys share a place, and keep the order they have.
    int placeOf(String key) {
        return keys.indexOf(key);
    }

    /// Whether its entries always have lines of their own.
    boolean alwaysTall() {
        return switch (this) {
            case DOCUMENT, ROUTES, ROUTE, RULES, RULE, TOOLS, TOOLS_OF_ROUTE -> true;
            case CONDITION, TIME, LIMIT, REDACT, TOOL, OTHER -> false;
        };
    }

    /// Whether an empty line stands before an entry that is not the first.
    boolean setsApart(String key) {
        return switch (this) {
            case DOCUMENT -> under(key) != OTHER;
            case ROUTES, RULES -> true;
            default -> false;
        };
    }
}
