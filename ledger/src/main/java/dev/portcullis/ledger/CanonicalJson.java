package dev.portcullis.ledger;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One text for all JSON texts that PostgreSQL's `jsonb` takes for the same: no spaces, names in the order of
/// their UTF-16 code units, the last of members with one name, nothing escaped that need not be, numbers
/// without idle zeros.
///
/// It is [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785) but for numbers: the RFC makes them doubles, and
/// two large integers that differ could become one. Here a number is its significant digits, with an
/// exponent when they do not end at the units: `1000` and `1e3` are `1E3`, `0.10` is `1E-1`.
final class CanonicalJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(2_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();
    /// Refuses two members of one name, at any depth: one reader takes the first, and another the last.
    private static final JsonFactory UNAMBIGUOUS =
            JSON.rebuild().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /// Of more digits than these, no integer is taken as it is.
    private static final int PLAIN_DIGITS = 18;

    private CanonicalJson() {}

    /// @throws IllegalArgumentException when it is no JSON text
    static String of(String json) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            var canonical = value(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("(expected: one JSON text, and nothing after it)");
            }
            return canonical;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("(expected: JSON)", e);
        }
    }

    /// The members of an object, each with the canonical text of its value.
    ///
    /// @throws IllegalArgumentException when it is no JSON object, or has two members of one name somewhere
    static Map<String, String> members(String json) {
        try (var parser = UNAMBIGUOUS.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("(expected: a JSON object)");
            }
            var members = members(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("(expected: one JSON object, and nothing after it)");
            }
            return members;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("(expected: a JSON object, each member once)", e);
        }
    }

    /// A text as a JSON string.
    static String string(String value) {
        var text = new StringBuilder(value.length() + 2).append('"');
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < ' ') {
                        text.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }

    /// The text that a JSON string stands for.
    ///
    /// @throws IllegalArgumentException when it is no JSON string
    static String unquoted(String json) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException("(expected: a JSON string)");
            }
            return parser.getString();
        }
    }

    private static String value(JsonParser parser) {
        var token = parser.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("(expected: JSON, not an empty text)");
        }
        return switch (token) {
            case START_OBJECT -> object(members(parser));
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> string(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getString();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalArgumentException("(expected: JSON)");
        };
    }

    private static String array(JsonParser parser) {
        var text = new StringBuilder("[");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            text.append(text.length() > 1 ? "," : "").append(value(parser));
        }
        return text.append(']').toString();
    }

    private static SortedMap<String, String> members(JsonParser parser) {
        var members = new TreeMap<String, String>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    /// An object of members whose values are canonical.
    static String object(SortedMap<String, String> members) {
        var text = new StringBuilder("{");
        members.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append(string(name))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    /// @param written as JSON writes numbers
    static String number(String written) {
        if (written.length() <= PLAIN_DIGITS && isPlain(written)) {
            return written;
        }
        var value = new BigDecimal(written).stripTrailingZeros();
        if (value.signum() == 0) {
            return "0";
        }
        var digits = value.unscaledValue().toString();
        return value.scale() == 0 ? digits : digits + "E" + -(long) value.scale();
    }

    /// Digits only, the last of them not zero.
    private static boolean isPlain(String written) {
        for (int at = written.charAt(0) == '-' ? 1 : 0; at < written.length(); at++) {
            if (written.charAt(at) < '0' || written.charAt(at) > '9') {
                return false;
            }
        }
        return written.charAt(written.length() - 1) != '0';
    }
}
