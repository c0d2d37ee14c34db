package dev.portcullis.console.policy;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.document.Condition;
import dev.portcullis.policy.document.Restriction;
import dev.portcullis.policy.document.Rule;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A rule in plain words.
public final class RuleWords {
    /// More entries of a list than that are counted, not named.
    private static final int NAMED = 6;

    private RuleWords() {}

    /// What it does, as a sentence without an end.
    public static String does(Rule rule) {
        return switch (rule.restriction()) {
            case Restriction.ReadOnly _ -> "Only tools that read may be used";
            case Restriction.AllowedActions(var actions) ->
                actions.isEmpty() ? "No action may be run" : "Only these actions may be run: " + named(actions);
            case Restriction.AllowedTools(var tools) ->
                tools.isEmpty() ? "No tool may be used" : "Only these tools may be used: " + named(patterns(tools));
            case Restriction.DeniedTools(var tools) -> "These tools are refused: " + named(patterns(tools));
            case Restriction.AllowedNetworks(var networks) ->
                networks.isEmpty()
                        ? "No address is let in"
                        : "Only these networks are let in: " + named(texts(networks));
            case Restriction.AllowedDomains(var domains) ->
                domains.isEmpty()
                        ? "No domain may be reached"
                        : "Only these domains may be reached: " + named(texts(domains));
            case Restriction.BlockedDomains(var domains) ->
                "These domains may not be reached: " + named(texts(domains));
            case Restriction.PinnedTools _ -> "Tools that are new or have changed since their review are refused";
            case Restriction.Deny _ -> "Everything is refused";
            case Restriction.Limit limit -> limit(limit);
            case Restriction.Redact redact ->
                "Records do not keep "
                        + named(Stream.concat(redact.arguments().stream(), redact.results().stream())
                                .map(PointerPattern::pattern)
                                .toList());
            case Restriction.RecordResult(var bytes) -> "Records keep results of tool calls, up to " + bytes + " bytes";
        };
    }

    /// For whom, and for whom not.
    public static String concerns(Rule rule) {
        var match = rule.match().equals(Condition.ALWAYS) ? "everyone" : condition(rule.match());
        return "For " + match
                + rule.except().map(except -> "; except " + condition(except)).orElse("");
    }

    /// Everything that is written about it, in lower case, to be searched.
    public static String searchable(Rule rule) {
        return Stream.of(
                        Stream.of(
                                rule.id(),
                                rule.mode().wireName(),
                                rule.restriction().key(),
                                does(rule),
                                concerns(rule)),
                        rule.description().stream(),
                        rule.owner().stream(),
                        rule.message().stream())
                .flatMap(words -> words)
                .collect(Collectors.joining("\n"))
                .toLowerCase(java.util.Locale.ROOT);
    }

    private static String limit(Restriction.Limit limit) {
        var whose = limit.by() == Restriction.Limit.Subject.ORGANIZATION
                ? "all together"
                : "for each " + limit.by().wireName();
        return "At most %d call%s per %s, %s"
                .formatted(
                        limit.calls(),
                        limit.calls() == 1 ? "" : "s",
                        limit.per().wireName(),
                        whose);
    }

    private static String condition(Condition condition) {
        return condition.keys().stream().map(key -> key(key, condition)).collect(Collectors.joining(" · "));
    }

    private static String key(Condition.Key key, Condition condition) {
        var entries = condition.entries(key).orElse(List.of());
        return entries.isEmpty()
                ? "no " + key.wireName() + " at all"
                : noun(key, entries.size()) + " " + named(entries);
    }

    private static String noun(Condition.Key key, int entries) {
        return switch (key) {
            case TIME -> "time";
            case CLASSES -> entries == 1 ? "class" : "classes";
            default -> entries == 1 ? key.wireName().replaceAll("s$", "") : key.wireName();
        };
    }

    private static String named(List<String> entries) {
        var more = entries.size() - NAMED;
        return String.join(", ", entries.subList(0, Math.min(NAMED, entries.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static List<String> patterns(List<Glob> globs) {
        return globs.stream().map(Glob::pattern).toList();
    }

    private static List<String> texts(List<?> entries) {
        return entries.stream().map(Object::toString).toList();
    }
}
