package dev.portcullis.console.tools.ui;

/// Texts of upstreams, which may be meant to mislead whoever reads them.
final class VisibleText {
    private VisibleText() {}

    /// The text with everything that a screen would not simply show written as its code point in hexadecimal.
    static String of(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u{%X}".formatted(c));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int c) {
        return c == '\n'
                || switch (Character.getType(c)) {
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
