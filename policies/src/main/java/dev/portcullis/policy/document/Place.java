package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One node of a document together with where it stands. Reads the node as what it should be, or notes
/// what is wrong.
record Place(Problems problems, String path, Node node) {

    /// A text of the given form.
    Optional<String> text(Names form) {
        return string(form.expected()).filter(text -> {
            var good = form.accepts(text);
            if (!good) {
                problem(text, form.expected(), form.nearest(text));
            }
            return good;
        });
    }

    /// Any text.
    Optional<String> string(String expected) {
        if (node instanceof ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.STR)) {
                return Optional.of(scalar.getValue());
            }
            problem(scalar.getValue(), expected, quoted(scalar));
            return Optional.empty();
        }
        problem(Shown.of(node), expected, Optional.empty());
        return Optional.empty();
    }

    /// `true` or `false`.
    Optional<Boolean> flag(String expected) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Optional.of(scalar.getValue().equalsIgnoreCase("true"));
        }
        problem(Shown.of(node), expected, Optional.empty());
        return Optional.empty();
    }

    /// A whole number within bounds.
    Optional<Long> number(long least, long most) {
        var expected = "a whole number from %d to %d".formatted(least, most);
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                var number = Long.parseLong(scalar.getValue());
                if (number >= least && number <= most) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException tooLong) {
                // a problem like any other number out of bounds
            }
        }
        problem(Shown.of(node), expected, Optional.empty());
        return Optional.empty();
    }

    /// One of the words.
    <T> Optional<T> oneOf(Map<String, T> words) {
        var expected = words.size() == 1
                ? words.keySet().iterator().next()
                : "one of " + String.join(", ", words.keySet().stream().sorted().toList());
        return string(expected).flatMap(word -> {
            var value = Optional.ofNullable(words.get(word));
            if (value.isEmpty()) {
                problem(word, expected, Suggestion.of(word, words.keySet()));
            }
            return value;
        });
    }

    /// The items of a list, each read; items that could not be read are left out, their problems noted.
    <T> List<T> items(String expected, Function<Place, Optional<T>> read) {
        if (!(node instanceof SequenceNode sequence)) {
            problem(Shown.of(node), expected, Optional.empty());
            return List.of();
        }
        var items = new ArrayList<T>();
        var index = 0;
        for (var item : sequence.getValue()) {
            read.apply(new Place(problems, path + "/" + index++, item)).ifPresent(items::add);
        }
        return items;
    }

    boolean isEmptyList() {
        return node instanceof SequenceNode sequence && sequence.getValue().isEmpty();
    }

    /// The entries of a mapping whose keys are free. A key that appears twice is a problem.
    Map<String, Place> entries(String expected) {
        var entries = new LinkedHashMap<String, Place>();
        if (!(node instanceof MappingNode mapping)) {
            problem(Shown.of(node), expected, Optional.empty());
            return entries;
        }
        for (var tuple : mapping.getValue()) {
            var key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.STR)) {
                var quoted = key instanceof ScalarNode scalar ? quoted(scalar) : Optional.<String>empty();
                new Place(problems, path, key).problem(Shown.of(key), "a key that is a text", quoted);
                continue;
            }
            var at = path + "/" + pointerToken(scalar.getValue());
            var first = entries.putIfAbsent(scalar.getValue(), new Place(problems, at, tuple.getValueNode()));
            if (first != null) {
                new Place(problems, at, key)
                        .problem(
                                scalar.getValue(),
                                "every key once; the first one is at line " + first.line(),
                                Optional.empty());
            }
        }
        return entries;
    }

    /// The fields of a mapping whose keys are known. Unknown keys are problems.
    Optional<Fields> fields(String expected, List<String> known) {
        if (!(node instanceof MappingNode)) {
            problem(Shown.of(node), "a mapping: " + expected, Optional.empty());
            return Optional.empty();
        }
        var entries = entries(expected);
        entries.forEach((key, place) -> {
            if (!known.contains(key)) {
                place.problem(key, "one of " + String.join(", ", known), Suggestion.of(key, known));
            }
        });
        return Optional.of(new Fields(this, entries));
    }

    void problem(String value, String expected, Optional<String> suggestion) {
        problems.add(new DocumentProblem(path, line(), Shown.shortened(value), expected, suggestion));
    }

    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /// The known keys of one mapping.
    record Fields(Place place, Map<String, Place> entries) {
        Optional<Place> optional(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        Optional<Place> required(String key, String expected) {
            var field = optional(key);
            if (field.isEmpty()) {
                var at = new Place(place.problems(), place.path() + "/" + key, place.node());
                at.problem("missing", expected, Optional.empty());
            }
            return field;
        }

        Set<String> keys() {
            return entries.keySet();
        }
    }

    static String pointerToken(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static Optional<String> quoted(ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL) ? Optional.empty() : Optional.of("\"" + scalar.getValue() + "\"");
    }
}
