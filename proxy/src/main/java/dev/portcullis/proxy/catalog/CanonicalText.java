package dev.portcullis.proxy.catalog;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.HexFormat;

/// One text for all JSON trees that mean the same: no spaces, keys in order, nothing escaped that need
/// not be.
///
/// This is [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785), and goes on where the RFC ends: a number
/// keeps the digits that a double would lose, and half a surrogate pair is written as an escape. So two
/// trees that differ never have the same text, and the text can always be written as UTF-8.
final class CanonicalText {
    /// Where numbers begin to be written with an exponent.
    private static final int SMALLEST_PLAIN = -6;

    private static final int LARGEST_PLAIN = 20;

    private final StringBuilder text = new StringBuilder();

    private CanonicalText() {}

    static String of(JsonNode tree) {
        var canonical = new CanonicalText();
        canonical.value(tree);
        return canonical.text.toString();
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.asString());
            case NUMBER ->
                text.append(
                        node.canConvertToLong() && node.isIntegralNumber()
                                ? node.asString()
                                : number(node.decimalValue()));
            case BOOLEAN, NULL, BINARY, MISSING, POJO -> text.append(node);
        }
    }

    private void object(JsonNode object) {
        text.append('{');
        var names = object.propertyNames().toArray(String[]::new);
        java.util.Arrays.sort(names);
        for (int at = 0; at < names.length; at++) {
            text.append(at == 0 ? "" : ",");
            string(names[at]);
            text.append(':');
            value(object.get(names[at]));
        }
        text.append('}');
    }

    private void array(JsonNode array) {
        text.append('[');
        for (int at = 0; at < array.size(); at++) {
            text.append(at == 0 ? "" : ",");
            value(array.get(at));
        }
        text.append(']');
    }

    /// As ECMAScript writes a number, with all its digits.
    private static String number(BigDecimal value) {
        var shortest = value.stripTrailingZeros();
        long exponent = (long) shortest.precision() - shortest.scale() - 1;
        if (shortest.signum() == 0 || (exponent >= SMALLEST_PLAIN && exponent <= LARGEST_PLAIN)) {
            return shortest.toPlainString();
        }
        var digits = shortest.unscaledValue().abs().toString();
        return (shortest.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e" : "e+")
                + exponent;
    }

    /// Copies what stands for itself in pieces, which most strings are one of.
    private void string(String value) {
        text.append('"');
        int copied = 0;
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && isHalf(value, at))) {
                text.append(value, copied, at);
                escape(c);
                copied = at + 1;
            }
        }
        (copied == 0 ? text.append(value) : text.append(value, copied, value.length())).append('"');
    }

    private static boolean isHalf(String value, int at) {
        return Character.isHighSurrogate(value.charAt(at))
                ? at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(value.charAt(at - 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> text.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }
}
