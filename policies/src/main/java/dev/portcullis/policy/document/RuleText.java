package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.PointerPattern;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A rule as its keys and values, written as the document would on one line each.
final class RuleText {
    private RuleText() {}

    static Map<String, String> fields(Rule rule) {
        var fields = new LinkedHashMap<String, String>();
        rule.description().ifPresent(description -> fields.put("description", description));
        rule.owner().ifPresent(owner -> fields.put("owner", owner));
        fields.put("mode", rule.mode().wireName());
        if (!rule.match().equals(Condition.ALWAYS)) {
            fields.put("match", condition(rule.match()));
        }
        rule.except().ifPresent(except -> fields.put("except", condition(except)));
        fields.put(rule.restriction().key(), values(rule.restriction()));
        rule.message().ifPresent(message -> fields.put("message", message));
        return fields;
    }

    private static String condition(Condition condition) {
        return condition.keys().stream()
                .map(key -> key.wireName() + ": " + list(condition.entries(key).orElse(List.of())))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String values(Restriction restriction) {
        return switch (restriction) {
            case Restriction.ReadOnly readOnly -> "true";
            case Restriction.PinnedTools pinned -> "true";
            case Restriction.Deny deny -> "true";
            case Restriction.Limit limit ->
                "{calls: %d, per: %s, by: %s, withoutStore: %s}"
                        .formatted(
                                limit.calls(),
                                limit.per().wireName(),
                                limit.by().wireName(),
                                limit.withoutStore().wireName());
            case Restriction.Redact redact ->
                "{arguments: %s, results: %s, keep: %s}"
                        .formatted(
                                list(redact.arguments().stream()
                                        .map(PointerPattern::pattern)
                                        .toList()),
                                list(redact.results().stream()
                                        .map(PointerPattern::pattern)
                                        .toList()),
                                redact.keep().wireName());
            case Restriction.RecordResult(var bytes) -> "{maxBytes: " + bytes + "}";
            case Restriction.AllowedActions(var actions) -> list(actions);
            case Restriction.AllowedTools(var tools) -> list(patterns(tools));
            case Restriction.DeniedTools(var tools) -> list(patterns(tools));
            case Restriction.AllowedNetworks(var networks) ->
                list(networks.stream().map(Network::toString).toList());
            case Restriction.AllowedDomains(var domains) -> list(texts(domains));
            case Restriction.BlockedDomains(var domains) -> list(texts(domains));
        };
    }

    private static List<String> patterns(List<Glob> globs) {
        return globs.stream().map(Glob::pattern).toList();
    }

    private static List<String> texts(List<DomainPattern> domains) {
        return domains.stream().map(DomainPattern::toString).toList();
    }

    /// Sorted, because the order of a list has no meaning.
    private static String list(List<String> entries) {
        return entries.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
    }
}
