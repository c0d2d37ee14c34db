package dev.portcullis.policy.engine;

import java.util.regex.Pattern;

/// A part of a request for people to read: short, on one line, and without what could be a secret.
final class Excerpt {
    private static final int LONGEST = 60;
    private static final int FAR = 1_000;
    private static final Pattern BEFORE_AUTHORITY = Pattern.compile("^[^/\\\\?#]{0,8}[/\\\\\\s]*");
    private static final Pattern PATH = Pattern.compile("(?s)[/?#].*$");

    private Excerpt() {}

    /// The URL that begins at `start`: its scheme and what may be its host, without user information
    /// before it and the path behind it.
    static String of(String text, int start) {
        var url = text.substring(start, Math.min(text.length(), start + FAR));
        var beginning = BEFORE_AUTHORITY.matcher(url);
        var from = beginning.find() ? beginning.end() : 0;
        var authority = PATH.matcher(url.substring(from)).replaceFirst("");
        var host = authority.substring(authority.lastIndexOf('@') + 1);
        var hidden = host.length() < authority.length() ? "…@" : "";
        return shortened(url.substring(0, from) + hidden + host);
    }

    /// A text on one line.
    static String shortened(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> line.appendCodePoint(isVisible(c) ? c : '\ufffd'));
        return text.codePointCount(0, text.length()) > LONGEST ? line + "…" : line.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
