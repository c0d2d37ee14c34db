package dev.portcullis.policy.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Takes one layer of an encoding off a text. What is not encoded well stays as it is, and a text without
/// the encoding is returned itself.
final class Encoding {
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\"'\\\\/bfnrt])");
    private static final Pattern PERCENT = Pattern.compile("(?:%[0-9a-fA-F]{2})+");
    private static final Pattern VALUE = Pattern.compile("[^\\s?&=;#\"'<>]++");
    /// The references that can spell a URL; those of letters have no names, and a semicolon is not needed.
    private static final Pattern REFERENCE = Pattern.compile(
            "&(?:#x0*([0-9a-f]{1,6})|#0*([0-9]{1,7})|(colon|sol|bsol|period|commat|tab|newline|amp|quot|lt|gt|num|quest"
                    + "|percnt));?",
            Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("colon", ":"),
            Map.entry("sol", "/"),
            Map.entry("bsol", "\\"),
            Map.entry("period", "."),
            Map.entry("commat", "@"),
            Map.entry("tab", "\t"),
            Map.entry("newline", "\n"),
            Map.entry("amp", "&"),
            Map.entry("quot", "\""),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("num", "#"),
            Map.entry("quest", "?"),
            Map.entry("percnt", "%"));

    private Encoding() {}

    /// Without the escapes of JSON and of the strings of most programming languages.
    static String jsonEscapes(String text) {
        return text.indexOf('\\') < 0 ? text : ESCAPE.matcher(text).replaceAll(Encoding::escaped);
    }

    /// Without percent-encoding.
    static String percent(String text) {
        return text.indexOf('%') < 0 ? text : PERCENT.matcher(text).replaceAll(Encoding::bytes);
    }

    /// The values of a query and the like that have percent-encoding, each without it: programs are given
    /// them one by one.
    static Stream<String> parameters(String text) {
        return text.indexOf('%') < 0
                ? Stream.empty()
                : VALUE.matcher(text)
                        .results()
                        .map(MatchResult::group)
                        .filter(value -> value.indexOf('%') >= 0)
                        .map(Encoding::percent)
                        .filter(value ->
                                value.indexOf(':') >= 0 || value.indexOf('/') >= 0 || value.indexOf('\\') >= 0);
    }

    /// Without the character references of HTML and XML.
    static String characterReferences(String text) {
        return text.indexOf('&') < 0 ? text : REFERENCE.matcher(text).replaceAll(Encoding::referenced);
    }

    private static String escaped(MatchResult found) {
        var escape = found.group();
        var character = switch (escape.charAt(1)) {
            case 'u', 'x' -> (char) HexFormat.fromHexDigits(escape, 2, escape.length());
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape.charAt(1);
        };
        return Matcher.quoteReplacement(String.valueOf(character));
    }

    private static String bytes(MatchResult found) {
        var bytes = HexFormat.of().parseHex(found.group().replace("%", ""));
        return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
    }

    private static String referenced(MatchResult found) {
        if (found.group(3) != null) {
            return Matcher.quoteReplacement(NAMED.getOrDefault(found.group(3).toLowerCase(Locale.ROOT), found.group()));
        }
        var code = found.group(1) != null ? Integer.parseInt(found.group(1), 16) : Integer.parseInt(found.group(2));
        return Matcher.quoteReplacement(Character.isValidCodePoint(code) ? Character.toString(code) : found.group());
    }
}
