package dev.portcullis.policy.engine;

/// Where in a text a URL stands.
///
/// When it is all of the text, or all that stands in quotes, a program may be given it with its spaces
/// and line ends. Schemes around it, such as `view-source:`, make no difference.
///
/// @param beginning whether nothing stands before it
/// @param closing what closes the quotes it stands in; NUL when it stands in none
record Surroundings(boolean beginning, char closing) {
    private static final int LONGEST_WRAPPER = 64;
    private static final int LONGEST_USER_INFORMATION = 256;
    private static final char NOTHING = '\0';

    /// Looks at a bounded part of the text.
    ///
    /// @param trimmed how many characters at the text's beginning programs trim
    /// @param start where the URL begins
    static Surroundings of(String text, int trimmed, int start) {
        var least = Math.max(trimmed, start - LONGEST_WRAPPER);
        var before = start;
        while (before > least && isOfScheme(text.charAt(before - 1))) {
            before--;
        }
        while (before > least && isTrimmed(text.charAt(before - 1))) {
            before--;
        }
        return before <= trimmed
                ? new Surroundings(true, NOTHING)
                : new Surroundings(false, closing(text.charAt(before - 1)));
    }

    /// How many characters at the text's beginning some program trims.
    static int trimmed(String text) {
        var start = 0;
        while (start < text.length() && isTrimmed(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /// What browsers remove from a URL, wherever it stands.
    static boolean isDropped(char c) {
        return c == '\t' || c == '\r' || c == '\n';
    }

    /// Whether the URL is all of the text or of a quotation.
    boolean whole() {
        return beginning || closing != NOTHING;
    }

    /// Whether the quotation ends at `index`.
    boolean closes(String text, int index) {
        return closing != NOTHING
                && index < text.length()
                && text.charAt(index) == closing
                && text.charAt(index - 1) != '\\';
    }

    /// Whether nobody would search the quotation that far for its end.
    boolean isTooFar(int characters) {
        return !beginning && characters > LONGEST_USER_INFORMATION;
    }

    private static char closing(char quote) {
        return switch (quote) {
            case '"', '\'', '`' -> quote;
            case '<' -> '>';
            default -> NOTHING;
        };
    }

    private static boolean isOfScheme(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "+-.:".indexOf(c) >= 0);
    }

    private static boolean isTrimmed(char c) {
        return c <= ' '
                || Character.isSpaceChar(c)
                || Character.isWhitespace(c)
                || c == '\u0085'
                || Character.getType(c) == Character.FORMAT;
    }
}
