package dev.portcullis.proxy.audit;

/// Text as PostgreSQL can hold it: without U+0000, without halves of surrogate pairs, of bounded
/// length.
final class PlainText {
    private static final char SYMBOL_FOR_NULL = '\u2400';
    private static final char REPLACEMENT = '\uFFFD';
    private static final char ELLIPSIS = '…';

    private PlainText() {}

    /// Replaces what cannot be stored with signs that show it; other text is returned as it is.
    static String of(String text) {
        int odd = firstOdd(text);
        if (odd == text.length()) {
            return text;
        }
        var clean = new StringBuilder(text);
        for (int at = odd; at < clean.length(); at++) {
            char c = clean.charAt(at);
            if (c == 0) {
                clean.setCharAt(at, SYMBOL_FOR_NULL);
            } else if (Character.isSurrogate(c)) {
                if (isPair(clean, at)) {
                    at++;
                } else {
                    clean.setCharAt(at, REPLACEMENT);
                }
            }
        }
        return clean.toString();
    }

    /// The same, with an ellipsis in place of what is longer than `most` characters.
    static String of(String text, int most) {
        if (text.length() <= most) {
            return of(text);
        }
        return of(text.substring(0, most - 1)) + ELLIPSIS;
    }

    private static int firstOdd(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0 || Character.isSurrogate(c)) {
                return at;
            }
        }
        return text.length();
    }

    private static boolean isPair(CharSequence text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }
}
