package dev.portcullis.policy.document;

import com.google.re2j.Pattern;

import java.util.List;
import java.util.stream.Collectors;

/// What a condition wants of one value among the arguments of a tool call.
public sealed interface ArgumentTest {

    /// One of these values. An empty list matches nothing.
    record OneOf(List<Scalar> accepted) implements ArgumentTest {
        public OneOf {
            accepted = List.copyOf(accepted);
        }

        @Override
        public String toString() {
            return accepted.stream().map(Scalar::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /// A text in which the expression is found, anywhere unless it is anchored with `^` and `$`. The
    /// expression is RE2's: it takes time in proportion to the text, whatever it says.
    record Matches(Pattern expression) implements ArgumentTest {
        public Matches(String expression) {
            this(Pattern.compile(expression));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Matches(Pattern that) && that.pattern().equals(expression.pattern());
        }

        @Override
        public int hashCode() {
            return expression.pattern().hashCode();
        }

        @Override
        public String toString() {
            return "{matches: " + expression.pattern() + "}";
        }
    }

    /// No value at all.
    record Absent() implements ArgumentTest {
        @Override
        public String toString() {
            return "{absent: true}";
        }
    }
}
