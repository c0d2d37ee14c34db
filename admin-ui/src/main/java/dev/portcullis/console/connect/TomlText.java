package dev.portcullis.console.connect;

import java.util.regex.Pattern;

/// Keys and strings of TOML.
///
/// @see <a href="https://toml.io/en/v1.0.0">TOML 1.0</a>
final class TomlText {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;

    private TomlText() {}

    static String key(String name) {
        return BARE.matcher(name).matches() ? name : string(name);
    }

    static String string(String text) {
        var escaped = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                escaped.append('\\').appendCodePoint(point);
            } else if (point < FIRST_PRINTABLE || point == DELETE) {
                escaped.append(String.format("\\u%04X", point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.append('"').toString();
    }
}
