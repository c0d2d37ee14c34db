package dev.portcullis.policy.engine;

import com.google.re2j.Pattern;
import tools.jackson.databind.JsonNode;

import java.util.stream.Stream;

/// Searches expressions in the arguments of one call, of which it can search so much: an expression takes
/// time in proportion to the text, but a document may have hundreds of them about one argument, and a call
/// megabytes in it. One use, one thread.
final class ExpressionSearch {
    /// About a second's worth. Four expressions in the longest text that a body has room for.
    private static final long MOST_CHARACTERS = 1 << 24;

    /// Zeros that no program writes before it takes to an exponent.
    private static final int MOST_ZEROS = 40;

    private long left = MOST_CHARACTERS;

    /// Whether the expression is found in a text; where it rather holds, also in a number or a flag, as
    /// JSON writes it and as programs do that have read it.
    ///
    /// @param exact whether there must be no doubt
    /// @throws NoAnswer when there is too much to search
    boolean isFound(Pattern expression, JsonNode value, boolean exact) {
        return texts(value, exact).anyMatch(text -> isFound(expression, text));
    }

    private boolean isFound(Pattern expression, String text) {
        left -= text.length();
        if (left < 0) {
            throw new NoAnswer("the arguments of the call are too long for all expressions that rules search in them");
        }
        return expression.matcher(text).find();
    }

    private static Stream<String> texts(JsonNode value, boolean exact) {
        if (value.isString()) {
            return Stream.of(value.stringValue());
        }
        if (exact) {
            return Stream.empty();
        }
        return value.isNumber()
                ? Stream.concat(Stream.of(value.asString()), plain(value)).distinct()
                : value.isBoolean() ? Stream.of(value.asString()) : Stream.empty();
    }

    /// `1e2` and `100.0` are 100 to a program.
    private static Stream<String> plain(JsonNode value) {
        var number = value.decimalValue().stripTrailingZeros();
        return number.scale() >= -MOST_ZEROS && number.scale() - number.precision() <= MOST_ZEROS
                ? Stream.of(number.toPlainString())
                : Stream.empty();
    }
}
