package dev.portcullis.policy.document;

import com.google.re2j.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads conditions on the arguments of tool calls.
final class ArgumentsReader {
    private static final String TEST = "a list of values, {matches: regex} or {absent: true}";
    private static final String POINTER = "a JSON Pointer that begins with /, such as /properties/environment";
    private static final String VALUE = "a text, a number, true, false or null";
    private static final String EXPRESSION = "a regular expression in RE2's syntax, of at most 1000 characters";
    private static final int LONGEST_EXPRESSION = 1_000;

    private ArgumentsReader() {}

    static Map<ArgumentPointer, ArgumentTest> tests(Place place) {
        var tests = new LinkedHashMap<ArgumentPointer, ArgumentTest>();
        place.entries("a mapping from JSON Pointers to what is accepted there").forEach((key, value) -> {
            var pointer = ArgumentPointer.parse(key);
            if (pointer.isEmpty()) {
                value.problem(
                        key,
                        POINTER,
                        Optional.of("/" + key)
                                .filter(text -> ArgumentPointer.parse(text).isPresent()));
            }
            test(value).ifPresent(test -> pointer.ifPresent(at -> tests.put(at, test)));
        });
        return tests;
    }

    private static Optional<ArgumentTest> test(Place place) {
        if (place.node() instanceof SequenceNode) {
            return Optional.of(new ArgumentTest.OneOf(place.items("a list of values", ArgumentsReader::scalar)));
        }
        if (place.node() instanceof ScalarNode scalar) {
            place.problem(Shown.of(scalar), TEST, Optional.of("[" + scalar.getValue() + "]"));
            return Optional.empty();
        }
        return place.fields(TEST, List.of("matches", "absent")).flatMap(fields -> {
            if (fields.keys().size() != 1) {
                place.problem(Shown.of(place.node()), "exactly one of matches, absent", Optional.empty());
                return Optional.empty();
            }
            return fields.keys().contains("matches")
                    ? fields.optional("matches").flatMap(ArgumentsReader::expression)
                    : fields.optional("absent").flatMap(ArgumentsReader::absent);
        });
    }

    private static Optional<ArgumentTest> expression(Place place) {
        return place.string(EXPRESSION).flatMap(text -> {
            if (text.isEmpty() || text.length() > LONGEST_EXPRESSION) {
                place.problem(text, EXPRESSION, Optional.empty());
                return Optional.empty();
            }
            try {
                return Optional.of(new ArgumentTest.Matches(text));
            } catch (PatternSyntaxException e) {
                place.problem(text, EXPRESSION + " (" + e.getDescription() + ")", Optional.empty());
                return Optional.empty();
            }
        });
    }

    private static Optional<ArgumentTest> absent(Place place) {
        var expected = "true; leave it out where a value may be there";
        return place.flag(expected)
                .filter(flag -> {
                    if (!flag) {
                        place.problem("false", expected, Optional.empty());
                    }
                    return flag;
                })
                .map(flag -> new ArgumentTest.Absent());
    }

    private static Optional<Scalar> scalar(Place place) {
        if (!(place.node() instanceof ScalarNode node)) {
            place.problem(Shown.of(place.node()), VALUE, Optional.empty());
            return Optional.empty();
        }
        var tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return Optional.of(new Scalar.Text(node.getValue()));
        } else if (tag.equals(Tag.BOOL)) {
            return Optional.of(new Scalar.Flag(node.getValue().equalsIgnoreCase("true")));
        } else if (tag.equals(Tag.NULL)) {
            return Optional.of(new Scalar.Null());
        }
        return number(place, node.getValue());
    }

    private static Optional<Scalar> number(Place place, String text) {
        try {
            return Optional.of(new Scalar.Numeric(new BigDecimal(text)));
        } catch (NumberFormatException e) {
            place.problem(text, VALUE, Optional.of("\"" + text + "\""));
            return Optional.empty();
        }
    }
}
