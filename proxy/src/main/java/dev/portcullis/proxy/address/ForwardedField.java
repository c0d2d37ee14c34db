package dev.portcullis.proxy.address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the `Forwarded` header, strictly: what is not well-formed as a whole is nothing.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239, section 4</a>
final class ForwardedField {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String QUOTED = "\"[\\t !#-\\[\\]-~]*+(?:\\\\[\\t -~][\\t !#-\\[\\]-~]*+)*+\"";
    private static final Pattern PAIR = Pattern.compile("(" + TOKEN + ")=(" + TOKEN + "|" + QUOTED + ")");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t]*([;,])[ \\t]*");

    private ForwardedField() {}

    /// The hops in the order of the header, the client's first; empty when it cannot be read.
    static Optional<List<Hop>> read(String text) {
        var hops = new ArrayList<Hop>();
        Map<String, String> element = new HashMap<>();
        var pair = PAIR.matcher(text);
        var between = BETWEEN.matcher(text);
        int position = 0;
        while (true) {
            if (!at(pair, position)
                    || element.put(pair.group(1).toLowerCase(Locale.ROOT), plain(pair.group(2))) != null) {
                return Optional.empty();
            }
            position = pair.end();
            var isEnd = position == text.length();
            if (!isEnd && !at(between, position)) {
                return Optional.empty();
            }
            if (isEnd || between.group(1).equals(",")) {
                hops.add(hop(element));
                element = new HashMap<>();
            }
            if (isEnd) {
                return Optional.of(hops);
            }
            position = between.end();
        }
    }

    private static boolean at(Matcher matcher, int position) {
        return matcher.find(position) && matcher.start() == position;
    }

    private static Hop hop(Map<String, String> element) {
        return new Hop(
                element.getOrDefault("for", ""),
                Optional.ofNullable(element.get("proto")),
                Optional.ofNullable(element.get("host")));
    }

    private static String plain(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }
}
