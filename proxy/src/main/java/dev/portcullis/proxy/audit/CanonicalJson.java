package dev.portcullis.proxy.audit;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// One text for all JSON texts that mean the same: no spaces, keys in order, nothing escaped that need
/// not be.
///
/// This is [RFC 8785](https://www.rfc-editor.org/rfc/rfc8785) except for numbers, which stay as they
/// were written: the RFC makes them doubles, and two large integers that differ could become one.
final class CanonicalJson {
    private final JsonParser parser;
    private final StringBuilder text = new StringBuilder();

    private CanonicalJson(JsonParser parser) {
        this.parser = parser;
    }

    static String of(String json) {
        try (var parser = ArgumentsJson.parser(json)) {
            var canonical = new CanonicalJson(parser);
            canonical.value(parser.nextToken());
            return canonical.text.toString();
        }
    }

    /// A member of an object: its name, and where it stands in the text with its name.
    private record Member(String name, int start, int end) {}

    private void value(JsonToken token) {
        switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string(parser.getString());
            default -> text.append(parser.getString());
        }
    }

    private void array() {
        text.append('[');
        var token = parser.nextToken();
        while (token != JsonToken.END_ARRAY) {
            value(token);
            token = parser.nextToken();
            text.append(token == JsonToken.END_ARRAY ? "" : ",");
        }
        text.append(']');
    }

    private void object() {
        int start = text.length();
        var members = new ArrayList<Member>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int memberStart = text.length();
            var name = parser.currentName();
            string(name);
            text.append(':');
            value(parser.nextToken());
            members.add(new Member(name, memberStart, text.length()));
        }
        var sorted = sorted(members);
        text.setLength(start);
        text.append('{').append(sorted).append('}');
    }

    /// The members' text in the order of their names, as UTF-16 code units.
    private String sorted(List<Member> members) {
        members.sort(Comparator.comparing(Member::name));
        var joined = new StringBuilder();
        for (var member : members) {
            joined.append(joined.isEmpty() ? "" : ",").append(text, member.start, member.end);
        }
        return joined.toString();
    }

    private void string(String value) {
        text.append('"');
        for (int at = 0; at < value.length(); at++) {
            character(value.charAt(at));
        }
        text.append('"');
    }

    private void character(char c) {
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
                    text.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
                } else {
                    text.append(c);
                }
            }
        }
    }
}
