package dev.portcullis.policy.document;

import dev.portcullis.policy.document.Restriction.AllowedActions;
import dev.portcullis.policy.document.Restriction.AllowedDomains;
import dev.portcullis.policy.document.Restriction.AllowedNetworks;
import dev.portcullis.policy.document.Restriction.AllowedTools;
import dev.portcullis.policy.document.Restriction.BlockedDomains;
import dev.portcullis.policy.document.Restriction.DeniedTools;
import dev.portcullis.policy.document.Restriction.Deny;
import dev.portcullis.policy.document.Restriction.PinnedTools;
import dev.portcullis.policy.document.Restriction.ReadOnly;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the rules.
final class RuleReader {
    /// More are no policy that anybody could oversee, and would make every publication slow.
    static final int MOST = 10_000;

    private static final List<String> ABOUT =
            List.of("id", "description", "owner", "mode", "match", "except", "message");
    static final List<String> RESTRICTIONS = List.of(
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
            "recordResult");
    private static final List<String> KEYS =
            Stream.concat(ABOUT.stream(), RESTRICTIONS.stream()).toList();
    private static final Map<String, Rule.Mode> MODES =
            Map.of(Rule.Mode.ENFORCE.wireName(), Rule.Mode.ENFORCE, Rule.Mode.OBSERVE.wireName(), Rule.Mode.OBSERVE);

    private RuleReader() {}

    static List<Rule> rules(Place place) {
        if (place.node() instanceof SequenceNode sequence && sequence.getValue().size() > MOST) {
            place.problem(sequence.getValue().size() + " rules", "at most " + MOST + " rules", Optional.empty());
            return List.of();
        }
        var lines = new HashMap<String, Integer>();
        return place.items(
                "a list of rules",
                item -> item.fields("a rule", KEYS).map(fields -> {
                    var id = fields.required("id", Names.RULE.expected());
                    var name = id.flatMap(at -> at.text(Names.RULE));
                    name.ifPresent(text -> refuseRepetition(id.orElse(item), text, lines));
                    return rule(name.orElse("?"), fields);
                }));
    }

    private static void refuseRepetition(Place place, String id, Map<String, Integer> lines) {
        var first = lines.putIfAbsent(id, place.line());
        if (first != null) {
            place.problem(id, "an id of its own; line " + first + " has it already", Optional.empty());
        }
    }

    private static Rule rule(String id, Place.Fields fields) {
        return new Rule(
                id,
                fields.optional("description").flatMap(text -> text.text(Names.TEXT)),
                fields.optional("owner").flatMap(text -> text.text(Names.OWNER)),
                fields.optional("mode").flatMap(mode -> mode.oneOf(MODES)).orElse(Rule.Mode.ENFORCE),
                fields.optional("match").map(ConditionReader::condition).orElse(Condition.ALWAYS),
                fields.optional("except").map(ConditionReader::condition),
                restriction(fields).orElseGet(Deny::new),
                fields.optional("message").flatMap(text -> text.text(Names.TEXT)));
    }

    private static Optional<Restriction> restriction(Place.Fields fields) {
        var keys = fields.keys().stream().filter(RESTRICTIONS::contains).toList();
        if (keys.size() != 1) {
            fields.place()
                    .problem(
                            keys.isEmpty() ? "no restriction" : String.join(", ", keys),
                            "exactly one of " + String.join(", ", RESTRICTIONS),
                            Optional.empty());
            return Optional.empty();
        }
        var key = keys.getFirst();
        return fields.optional(key).flatMap(place -> restriction(key, place));
    }

    private static Optional<Restriction> restriction(String key, Place place) {
        return switch (key) {
            case "readOnly" -> on(place, new ReadOnly());
            case "deny" -> on(place, new Deny());
            case "allowedActions" ->
                Optional.of(new AllowedActions(
                        place.items("a list of action identifiers", item -> item.text(Names.ACTION))));
            case "allowedTools" -> Optional.of(new AllowedTools(ConditionReader.globs(place, Names.TOOL_GLOB)));
            case "deniedTools" -> Optional.of(new DeniedTools(ConditionReader.globs(place, Names.TOOL_GLOB)));
            case "allowedNetworks" -> Optional.of(new AllowedNetworks(ConditionReader.networks(place)));
            case "allowedDomains" -> Optional.of(new AllowedDomains(domains(place)));
            case "blockedDomains" -> Optional.of(new BlockedDomains(domains(place)));
            case "pinnedTools" -> on(place, new PinnedTools());
            case "limit" -> LimitReader.limit(place);
            case "redact" -> KeepingReader.redact(place);
            case "recordResult" -> KeepingReader.recordResult(place);
            default -> throw new IllegalStateException("a restriction without reader: " + key);
        };
    }

    private static List<DomainPattern> domains(Place place) {
        var expected = "a domain such as example.org, *.example.org for its subdomains, or an IP address";
        return place.items(
                "a list of domains",
                item -> item.string(expected).flatMap(text -> {
                    var pattern = DomainPattern.parse(text);
                    if (pattern.isEmpty()) {
                        item.problem(text, expected, DomainPattern.nearest(text).map(DomainPattern::toString));
                    }
                    return pattern;
                }));
    }

    private static Optional<Restriction> on(Place place, Restriction restriction) {
        var expected = "true; leave the rule out to switch it off";
        return place.flag(expected)
                .filter(flag -> {
                    if (!flag) {
                        place.problem("false", expected, Optional.empty());
                    }
                    return flag;
                })
                .map(flag -> restriction);
    }
}
