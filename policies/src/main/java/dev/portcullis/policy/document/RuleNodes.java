package dev.portcullis.policy.document;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.Keeping;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A rule as the nodes that a document would have for it.
final class RuleNodes {
    private RuleNodes() {}

    /// The keys of a rule and their values; what is as usual when left out is left out.
    static Map<String, Node> of(Rule rule) {
        var nodes = new LinkedHashMap<String, Node>();
        nodes.put("id", text(rule.id()));
        rule.description().ifPresent(description -> nodes.put("description", text(description)));
        rule.owner().ifPresent(owner -> nodes.put("owner", text(owner)));
        if (rule.mode() != Rule.Mode.ENFORCE) {
            nodes.put("mode", text(rule.mode().wireName()));
        }
        if (!rule.match().equals(Condition.ALWAYS)) {
            nodes.put("match", condition(rule.match()));
        }
        rule.except().ifPresent(except -> nodes.put("except", condition(except)));
        nodes.put(rule.restriction().key(), restriction(rule.restriction()));
        rule.message().ifPresent(message -> nodes.put("message", text(message)));
        return nodes;
    }

    static Node mapping(Map<String, Node> entries) {
        return new MappingNode(
                Tag.MAP,
                entries.entrySet().stream()
                        .map(entry -> new NodeTuple(text(entry.getKey()), entry.getValue()))
                        .toList(),
                FlowStyle.AUTO);
    }

    private static Node condition(Condition condition) {
        var nodes = new LinkedHashMap<String, Node>();
        for (var key : condition.keys()) {
            nodes.put(
                    key.wireName(),
                    switch (key) {
                        case ARGUMENTS -> arguments(condition.arguments().orElseThrow());
                        case TIME -> time(condition.time().orElseThrow());
                        default -> list(condition.entries(key).orElseThrow(), RuleNodes::text);
                    });
        }
        return mapping(nodes);
    }

    private static Node arguments(Map<ArgumentPointer, ArgumentTest> tests) {
        var nodes = new LinkedHashMap<String, Node>();
        tests.forEach((pointer, test) -> nodes.put(
                pointer.pointer(),
                switch (test) {
                    case ArgumentTest.OneOf(var accepted) -> list(accepted, RuleNodes::scalar);
                    case ArgumentTest.Matches(var expression) -> mapping(Map.of("matches", text(expression.pattern())));
                    case ArgumentTest.Absent _ -> mapping(Map.of("absent", flag(true)));
                }));
        return mapping(nodes);
    }

    private static Node time(TimeWindow window) {
        var nodes = new LinkedHashMap<String, Node>();
        window.days().ifPresent(_ -> nodes.put("days", list(window.dayNames(), RuleNodes::text)));
        window.from().ifPresent(from -> nodes.put("from", text(from.toString())));
        window.to().ifPresent(to -> nodes.put("to", text(to.toString())));
        nodes.put("zone", text(window.zone().getId()));
        return mapping(nodes);
    }

    private static Node restriction(Restriction restriction) {
        return switch (restriction) {
            case Restriction.ReadOnly _, Restriction.PinnedTools _, Restriction.Deny _ -> flag(true);
            case Restriction.AllowedActions(var actions) -> list(actions, RuleNodes::text);
            case Restriction.AllowedTools(var tools) -> list(tools, RuleNodes::pattern);
            case Restriction.DeniedTools(var tools) -> list(tools, RuleNodes::pattern);
            case Restriction.AllowedNetworks(var networks) -> list(networks, network -> text(network.toString()));
            case Restriction.AllowedDomains(var domains) -> list(domains, domain -> text(domain.toString()));
            case Restriction.BlockedDomains(var domains) -> list(domains, domain -> text(domain.toString()));
            case Restriction.Limit limit -> limit(limit);
            case Restriction.Redact redact -> redact(redact);
            case Restriction.RecordResult(var bytes) ->
                mapping(Map.of("maxBytes", scalar(Tag.INT, Integer.toString(bytes))));
        };
    }

    private static Node limit(Restriction.Limit limit) {
        var nodes = new LinkedHashMap<String, Node>();
        nodes.put("calls", scalar(Tag.INT, Long.toString(limit.calls())));
        nodes.put("per", text(limit.per().wireName()));
        nodes.put("by", text(limit.by().wireName()));
        if (limit.withoutStore() != Restriction.Limit.WithoutStore.REFUSE) {
            nodes.put("withoutStore", text(limit.withoutStore().wireName()));
        }
        return mapping(nodes);
    }

    private static Node redact(Restriction.Redact redact) {
        var nodes = new LinkedHashMap<String, Node>();
        if (!redact.arguments().isEmpty()) {
            nodes.put("arguments", list(redact.arguments(), pointer -> text(pointer.pattern())));
        }
        if (!redact.results().isEmpty()) {
            nodes.put("results", list(redact.results(), pointer -> text(pointer.pattern())));
        }
        if (redact.keep() != Keeping.Keep.DIGEST) {
            nodes.put("keep", text(redact.keep().wireName()));
        }
        return mapping(nodes);
    }

    private static Node pattern(Glob glob) {
        return text(glob.pattern());
    }

    private static Node scalar(Scalar scalar) {
        return switch (scalar) {
            case Scalar.Text(var text) -> text(text);
            case Scalar.Numeric(var number) -> scalar(Tag.FLOAT, number.toString());
            case Scalar.Flag(var flag) -> flag(flag);
            case Scalar.Null _ -> scalar(Tag.NULL, "null");
        };
    }

    static Node flag(boolean flag) {
        return scalar(Tag.BOOL, Boolean.toString(flag));
    }

    static Node text(String text) {
        return scalar(Tag.STR, text);
    }

    static Node scalar(Tag tag, String value) {
        return new ScalarNode(tag, value, ScalarStyle.PLAIN);
    }

    private static <T> Node list(List<T> entries, Function<T, Node> node) {
        return new SequenceNode(Tag.SEQ, entries.stream().map(node).toList(), FlowStyle.AUTO);
    }
}
