package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayDeque;
import java.util.Optional;

/// A text as YAML nodes, or why it is none. JSON is YAML. Bounds what a text may cost before anything
/// recursive sees it.
sealed interface YamlText {
    int MOST_CHARACTERS = 8 * 1_048_576;
    int DEEPEST = 32;
    int MOST_NODES = 1_000_000;

    /// The one document in the text.
    record Root(Node node) implements YamlText {

        /// The line, from 1, of the node a pointer leads to; 0 when there is none.
        int lineOf(String pointer) {
            var current = Optional.of(node);
            for (var token : pointer.split("/", -1)) {
                var key = token.replace("~1", "/").replace("~0", "~");
                current = key.isEmpty() ? current : current.flatMap(at -> child(at, key));
            }
            return current.flatMap(Node::getStartMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
        }
    }

    /// Not YAML, or more than a policy document can need.
    record Unreadable(DocumentProblem problem) implements YamlText {}

    static YamlText parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return unreadable(0, text.length() + " characters", "at most " + MOST_CHARACTERS + " characters");
        }
        try {
            var settings = LoadSettings.builder()
                    .setLabel("policy")
                    .setAllowDuplicateKeys(true)
                    .setAllowNonScalarKeys(true)
                    .setMaxAliasesForCollections(MOST_NODES)
                    .setCodePointLimit(MOST_CHARACTERS)
                    .build();
            return tooDeep(settings, text)
                    .<YamlText>map(mark -> unreadable(mark.getLine() + 1, "deeper", "at most " + DEEPEST + " levels"))
                    .orElseGet(() -> compose(settings, text));
        } catch (MarkedYamlEngineException e) {
            return unreadable(
                    e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0), e.getProblem(), "YAML or JSON");
        } catch (YamlEngineException e) {
            return unreadable(0, String.valueOf(e.getMessage()), "YAML or JSON");
        }
    }

    private static YamlText compose(LoadSettings settings, String text) {
        var root = new Compose(settings).composeString(text);
        if (root.isEmpty()) {
            return unreadable(1, "nothing", "a policy document");
        }
        return expandsTooFar(root.get())
                ? unreadable(0, "aliases", "at most " + MOST_NODES + " nodes, aliases expanded")
                : new Root(root.get());
    }

    /// Where a text nests too deeply. Reads events, which needs no stack.
    private static Optional<Mark> tooDeep(LoadSettings settings, String text) {
        var depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                return event.getStartMark();
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return Optional.empty();
    }

    private static boolean expandsTooFar(Node root) {
        var open = new ArrayDeque<Node>();
        open.push(root);
        var nodes = 0;
        while (!open.isEmpty()) {
            if (++nodes > MOST_NODES) {
                return true;
            }
            switch (open.pop()) {
                case SequenceNode sequence -> sequence.getValue().forEach(open::push);
                case MappingNode mapping ->
                    mapping.getValue().forEach(tuple -> {
                        open.push(tuple.getKeyNode());
                        open.push(tuple.getValueNode());
                    });
                default -> {}
            }
        }
        return false;
    }

    private static Optional<Node> child(Node parent, String key) {
        return switch (parent) {
            case SequenceNode sequence ->
                index(key).filter(index -> index < sequence.getValue().size()).map(sequence.getValue()::get);
            case MappingNode mapping ->
                mapping.getValue().stream()
                        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                                && scalar.getValue().equals(key))
                        .findFirst()
                        .map(tuple -> tuple.getValueNode());
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> index(String key) {
        return key.chars().allMatch(c -> c >= '0' && c <= '9') ? Optional.of(Integer.valueOf(key)) : Optional.empty();
    }

    private static Unreadable unreadable(int line, String value, String expected) {
        return new Unreadable(new DocumentProblem("", line, Shown.shortened(value), expected, Optional.empty()));
    }
}
