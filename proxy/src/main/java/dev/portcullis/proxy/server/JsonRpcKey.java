package dev.portcullis.proxy.server;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The key that every JSON-RPC message has, found in a text that is not one as it should be.
///
/// A text that cannot be read strictly may still be a message to a client that reads it more leniently, so the key
/// counts in whatever case it stands, with any of its characters escaped, and with the character that some
/// readers fold to an s. Other keys that begin alike do not: `jsonRpcError` is how servers on the Java SDK tell
/// that a session has ended.
final class JsonRpcKey {
    private static final Pattern KEY = Pattern.compile(
            "jsonrpc".chars().mapToObj(JsonRpcKey::howeverWritten).collect(Collectors.joining("", "\"", "\"")),
            Pattern.CASE_INSENSITIVE);

    private JsonRpcKey() {}

    /// Whether some client may read a JSON-RPC message in `text`.
    static boolean isIn(String text) {
        return KEY.matcher(text).find();
    }

    private static String howeverWritten(int letter) {
        var either = "%s|\\\\u00(?:%02x|%02x)"
                .formatted(Character.toString(letter), letter, (int) Character.toUpperCase((char) letter));
        // U+017F, the long s
        return letter == 's' ? "(?:" + either + "|\u017f|\\\\u017f)" : "(?:" + either + ")";
    }
}
