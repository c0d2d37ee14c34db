package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.regex.Pattern;

/// Texts on one line of YAML, so that every reader of YAML takes them for the same: whatever some
/// version of YAML reads as a number, a date or a flag is quoted.
final class ScalarText {
    private static final Pattern PLAIN = Pattern.compile("[^-?:,\\[\\]{}#&*!|>'\"%@`=\\s][^\\p{Cntrl}]*");
    private static final Pattern MISTAKEN = Pattern.compile(
            "~|null|true|false|yes|no|on|off|y|n|<<|\\.\\.\\.*|[+.]?inf|[.]?nan"
                    + "|[+.]?[0-9][0-9_,.]*(?:e[-+]?[0-9]+)?|0[xob][0-9a-f_]+|[0-9]+(?::[0-9]+)+(?:\\.[0-9]*)?"
                    + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cntrl}\\x{7f}-\\x{a0}\\x{2028}\\x{2029}\\x{feff}\\x{fffe}\\x{ffff}\\p{Cs}]");

    private ScalarText() {}

    /// @param inFlow whether it stands between brackets or braces
    static String of(ScalarNode node, boolean inFlow) {
        if (!node.getTag().equals(Tag.STR)) {
            return node.getValue().isEmpty() ? "null" : node.getValue();
        }
        return of(node.getValue(), inFlow);
    }

    static String of(String text, boolean inFlow) {
        if (isPlain(text, inFlow)) {
            return text;
        }
        var single = !text.contains("'")
                && (text.contains("\"") || text.contains("\\"))
                && !UNPRINTABLE.matcher(text).find();
        return single ? "'" + text + "'" : "\"" + escaped(text) + "\"";
    }

    private static boolean isPlain(String text, boolean inFlow) {
        return PLAIN.matcher(text).matches()
                && !MISTAKEN.matcher(text).matches()
                && !UNPRINTABLE.matcher(text).find()
                && !text.contains(": ")
                && !text.contains(" #")
                && !text.endsWith(":")
                && !text.endsWith(" ")
                && !(inFlow && text.matches(".*[,\\[\\]{}].*"));
    }

    private static String escaped(String text) {
        var escaped = text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
        return UNPRINTABLE
                .matcher(escaped)
                .replaceAll(found -> "\\\\u%04X".formatted((int) found.group().charAt(0)));
    }
}
