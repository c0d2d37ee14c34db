package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.document.Restriction.AllowedActions;
import dev.portcullis.policy.document.Restriction.AllowedNetworks;
import dev.portcullis.policy.document.Restriction.AllowedTools;
import dev.portcullis.policy.document.Restriction.DeniedTools;
import dev.portcullis.policy.document.Restriction.Deny;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Doubts about rules that stand together: one that another makes pointless, and lists that leave
/// nothing when they are taken together.
///
/// Rules are looked up by one key of theirs, so that thousands of them are compared with the few that
/// could matter.
final class RulesTogether {
    private static final List<Condition.Key> KEYS = List.of(
            Condition.Key.TOOLS,
            Condition.Key.ACTIONS,
            Condition.Key.CALLERS,
            Condition.Key.GROUPS,
            Condition.Key.PROMPTS,
            Condition.Key.METHODS,
            Condition.Key.ROUTES,
            Condition.Key.URIS,
            Condition.Key.NETWORKS,
            Condition.Key.CLIENTS,
            Condition.Key.CLASSES,
            Condition.Key.ARGUMENTS,
            Condition.Key.TIME);

    private final List<Rule> rules;
    private final Doubts doubts;
    /// The numbers of rules by an entry of their first key; under the empty text those that have an entry
    /// which covers others, or no key at all.
    private final Map<Entry, List<Integer>> index = new HashMap<>();

    private record Entry(Optional<Condition.Key> key, String text) {
        static final Entry ANY = new Entry(Optional.empty(), "");
    }

    private RulesTogether(List<Rule> rules, Doubts doubts) {
        this.rules = rules;
        this.doubts = doubts;
        for (var number = 0; number < rules.size(); number++) {
            for (var entry : entries(rules.get(number).match())) {
                index.computeIfAbsent(entry, any -> new ArrayList<>()).add(number);
            }
        }
    }

    static void check(PolicyDocument document, Doubts doubts) {
        var together = new RulesTogether(document.rules(), doubts);
        for (var number = 0; number < document.rules().size(); number++) {
            together.check(number);
        }
    }

    private void check(int number) {
        var rule = rules.get(number);
        for (var other : candidates(rule)) {
            if (other == number) {
                continue;
            }
            var wide = rules.get(other);
            if (shadows(wide, rule) && !(shadows(rule, wide) && other > number)) {
                doubts.warn(
                        "/rules/" + number, rule.id(), "something that rule " + wide.id() + " does not refuse already");
                return;
            }
            if (other < number && leaveNothing(wide, rule)) {
                doubts.warn(
                        "/rules/" + number + "/" + rule.restriction().key(),
                        rule.id(),
                        "an entry that rule " + wide.id() + " has, too: together they allow nothing");
                return;
            }
        }
    }

    /// The rules whose condition may cover that of `rule`: those under its first entry of each key, and
    /// those that are under no entry.
    private List<Integer> candidates(Rule rule) {
        var first = rule.match().keys().stream()
                .flatMap(key -> rule.match().entries(key).orElse(List.of()).stream()
                        .limit(1)
                        .map(text -> new Entry(Optional.of(key), text)));
        return Stream.concat(Stream.of(Entry.ANY), first)
                .flatMap(entry -> index.getOrDefault(entry, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Entry> entries(Condition condition) {
        return KEYS.stream()
                .flatMap(key -> exactEntries(condition, key).stream())
                .findFirst()
                .orElse(List.of(Entry.ANY));
    }

    private static Optional<List<Entry>> exactEntries(Condition condition, Condition.Key key) {
        return condition
                .entries(key)
                .filter(texts -> !texts.isEmpty() && isExact(key, texts))
                .map(texts -> texts.stream()
                        .map(text -> new Entry(Optional.of(key), text))
                        .toList());
    }

    private static boolean isExact(Condition.Key key, List<String> texts) {
        return switch (key) {
            case TOOLS, ACTIONS, CALLERS, GROUPS, PROMPTS, METHODS, ROUTES, URIS, CLIENTS ->
                texts.stream().allMatch(text -> new Glob(text).isExact());
            case NETWORKS, ARGUMENTS -> false;
            case CLASSES, TIME -> true;
        };
    }

    private static boolean shadows(Rule wide, Rule narrow) {
        return wide.mode() == Rule.Mode.ENFORCE
                && wide.except().isEmpty()
                && refusesAtLeast(wide.restriction(), narrow.restriction())
                && Coverage.covers(wide.match(), narrow.match());
    }

    /// Whether whatever the one refuses of a request the other refuses, too. Never a wrong yes.
    private static boolean refusesAtLeast(Restriction strict, Restriction other) {
        if (strict.equals(other) || (strict instanceof Deny && refuses(other))) {
            return true;
        }
        return switch (other) {
            case AllowedActions(var more) -> strict instanceof AllowedActions(var fewer) && more.containsAll(fewer);
            case AllowedTools(var more) ->
                strict instanceof AllowedTools(var fewer)
                        && fewer.stream().allMatch(one -> more.stream().anyMatch(wider -> wider.covers(one)));
            case DeniedTools(var fewer) ->
                strict instanceof DeniedTools(var more)
                        && fewer.stream().allMatch(one -> more.stream().anyMatch(wider -> wider.covers(one)));
            case AllowedNetworks(var more) ->
                strict instanceof AllowedNetworks(var fewer)
                        && fewer.stream().allMatch(one -> more.stream().anyMatch(wider -> wider.covers(one)));
            case Restriction.ReadOnly unlisted -> false;
            case Restriction.PinnedTools unlisted -> false;
            case Restriction.AllowedDomains compared -> false;
            case Restriction.BlockedDomains compared -> false;
            case Restriction.Limit compared -> false;
            case Restriction.Redact compared -> false;
            case Restriction.RecordResult compared -> false;
            case Deny unlisted -> false;
        };
    }

    /// What a rule asks of records holds for refused calls, too.
    private static boolean refuses(Restriction restriction) {
        return !(restriction instanceof Restriction.Redact || restriction instanceof Restriction.RecordResult);
    }

    private static boolean leaveNothing(Rule one, Rule two) {
        return one.mode() == Rule.Mode.ENFORCE
                && two.mode() == Rule.Mode.ENFORCE
                && one.match().equals(two.match())
                && one.except().equals(two.except())
                && areDisjoint(one.restriction(), two.restriction());
    }

    private static boolean areDisjoint(Restriction one, Restriction two) {
        return switch (one) {
            case AllowedActions(var left) ->
                two instanceof AllowedActions(var right)
                        && !left.isEmpty()
                        && !right.isEmpty()
                        && Collections.disjoint(left, right);
            case AllowedTools(var left) ->
                two instanceof AllowedTools(var right)
                        && Stream.concat(left.stream(), right.stream()).allMatch(Glob::isExact)
                        && !left.isEmpty()
                        && !right.isEmpty()
                        && Collections.disjoint(left, right);
            case AllowedNetworks(var left) ->
                two instanceof AllowedNetworks(var right)
                        && !left.isEmpty()
                        && !right.isEmpty()
                        && left.stream().noneMatch(net -> right.stream().anyMatch(n -> n.covers(net) || net.covers(n)));
            case DeniedTools denied -> false;
            case Restriction.ReadOnly unlisted -> false;
            case Restriction.PinnedTools unlisted -> false;
            case Restriction.AllowedDomains compared -> false;
            case Restriction.BlockedDomains compared -> false;
            case Restriction.Limit compared -> false;
            case Restriction.Redact compared -> false;
            case Restriction.RecordResult compared -> false;
            case Deny unlisted -> false;
        };
    }
}
