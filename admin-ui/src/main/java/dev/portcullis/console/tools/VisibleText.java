package dev.portcullis.console.tools;

/// Texts of upstreams, which may be meant to mislead whoever reads them, for screens and terminals.
public final class VisibleText {
    private VisibleText() {}

    /// One line, with everything that would not simply be shown written as its code point in hexadecimal.
    public static String line(String text) {
        return visible(text, false);
    }

    /// The same of several lines.
    public static String lines(String text) {
        return visible(text, true);
    }

    private static String visible(String text, boolean several) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPlain(c) || (several && c == '\n')) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u{%X}".formatted(c));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
