package dev.portcullis.proxy.differential;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads JSON as forgivingly as readers in use do, all of their habits at once: bytes that are not
/// UTF-8 and halves of surrogate pairs are replaced, a byte order mark is skipped, comments, trailing
/// commas and control characters are taken, and whatever stands behind the value is ignored.
///
/// Shares no code with the product. Objects keep every entry in order, so that the user decides which
/// of two equal keys wins.
public final class LenientJson {
    private static final int MAX_DEPTH = 1000;

    private final String text;
    private int at;
    private int depth;

    private LenientJson(String text) {
        this.text = text;
    }

    /// A value: `null`, a Boolean, a String, a [Numeral], a List, or [Entries].
    public record Entries(List<Entry> list) {}

    public record Entry(String key, Object value) {}

    /// A number by its value, so that `1.0` and `1` and `10e-1` are the same.
    public record Numeral(BigDecimal value) {
        static Numeral of(String digits) {
            return new Numeral(new BigDecimal(digits).stripTrailingZeros());
        }
    }

    /// Not even a lenient reader makes anything of the text.
    public static final class Unreadable extends Exception {
        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    /// The first value in `bytes`.
    public static Object read(byte[] bytes) throws Unreadable {
        return read(new String(bytes, StandardCharsets.UTF_8));
    }

    /// The first value in `text`.
    public static Object read(String text) throws Unreadable {
        var reader = new LenientJson(text);
        reader.skipBlanks();
        return reader.value();
    }

    private Object value() throws Unreadable {
        if (at >= text.length()) {
            throw new Unreadable("the end");
        }
        if (++depth > MAX_DEPTH) {
            throw new Unreadable("too deep");
        }
        var first = text.charAt(at);
        Object value = switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"', '\'' -> string();
            default -> scalar();
        };
        depth--;
        return value;
    }

    private Entries object() throws Unreadable {
        var entries = new ArrayList<Entry>();
        at++;
        skipBlanks();
        while (!take('}')) {
            var key = string();
            skipBlanks();
            expect(':');
            skipBlanks();
            entries.add(new Entry(key, value()));
            skipBlanks();
            if (take(',')) {
                skipBlanks();
            } else if (peek() != '}') {
                throw new Unreadable("an object without an end");
            }
        }
        return new Entries(entries);
    }

    private List<Object> array() throws Unreadable {
        var elements = new ArrayList<>();
        at++;
        skipBlanks();
        while (!take(']')) {
            elements.add(value());
            skipBlanks();
            if (take(',')) {
                skipBlanks();
            } else if (peek() != ']') {
                throw new Unreadable("an array without an end");
            }
        }
        return elements;
    }

    private String string() throws Unreadable {
        var quote = peek();
        if (quote != '"' && quote != '\'') {
            throw new Unreadable("no string");
        }
        at++;
        var out = new StringBuilder();
        while (peek() != quote) {
            var c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return withoutLoneSurrogates(out.toString());
    }

    private char escaped() throws Unreadable {
        var c = peek();
        at++;
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > text.length()) {
                    throw new Unreadable("half an escape");
                }
                at += 4;
                try {
                    yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
                } catch (NumberFormatException e) {
                    throw new Unreadable("no escape");
                }
            }
            default -> c;
        };
    }

    private Object scalar() throws Unreadable {
        var begin = at;
        while (at < text.length() && "{}[],:\"/ \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var word = text.substring(begin, at);
        return switch (word) {
            case "null" -> Null.NULL;
            case "true" -> true;
            case "false" -> false;
            default -> number(word);
        };
    }

    private static Object number(String word) throws Unreadable {
        try {
            return Numeral.of(word);
        } catch (NumberFormatException e) {
            throw new Unreadable("no value");
        }
    }

    /// `null`, as a value.
    public enum Null {
        NULL
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (" \t\r\n\f\u000B\uFEFF\u00A0\0".indexOf(text.charAt(at)) >= 0) {
                at++;
            } else if (text.startsWith("//", at) || text.charAt(at) == '#') {
                at = endOf("\n", at);
            } else if (text.startsWith("/*", at)) {
                at = endOf("*/", at + 2);
            } else {
                return;
            }
        }
    }

    private int endOf(String mark, int from) {
        var found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }

    private char peek() throws Unreadable {
        if (at >= text.length()) {
            throw new Unreadable("the end");
        }
        return text.charAt(at);
    }

    private boolean take(char c) throws Unreadable {
        if (peek() == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) throws Unreadable {
        if (!take(c)) {
            throw new Unreadable("no " + c);
        }
    }

    private static String withoutLoneSurrogates(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return out.toString();
    }
}
