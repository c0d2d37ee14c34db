package dev.portcullis.policy.document;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A domain whose name looks like another one: one of its labels mixes scripts that nobody writes
/// together, or consists of foreign letters that look like Latin ones.
///
/// @param shown the name in its own letters
/// @param suggestion what it looks like in Latin letters, when it does
/// @see <a href="https://www.unicode.org/reports/tr39/#Mixed_Script_Detection">UTS 39, mixed-script
///     detection</a>
record LookAlike(String shown, Optional<String> suggestion) {
    /// Scripts of one way of writing.
    private static final List<Set<UnicodeScript>> TOGETHER = List.of(
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA, UnicodeScript.LATIN),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.HANGUL, UnicodeScript.LATIN),
            EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO, UnicodeScript.LATIN));

    /// Small letters of Cyrillic, Greek, Armenian and Latin that are easily taken for those of ASCII.
    private static final Map<Integer, Character> LATIN = pairs(
            "аa", "еe", "оo", "рp", "сc", "уy", "хx", "ѕs", "іi", "јj", "ԁd", "һh", "ӏl", "ԛq", "ԝw", "ɡg", "ɑa", "ıi",
            "οo", "νv", "ρp", "ιi", "κk", "υu", "αa", "γy", "օo", "ոn", "սu", "հh", "ցg", "кk", "мm", "тt", "нh", "вb",
            "гr");

    static Optional<LookAlike> of(DomainName domain) {
        if (domain.address() || !domain.name().contains("xn--")) {
            return Optional.empty();
        }
        var shown = IDN.toUnicode(domain.name(), IDN.ALLOW_UNASSIGNED);
        var labels = List.of(shown.split("\\."));
        if (labels.stream().noneMatch(label -> isMixed(label) || isDisguised(label))) {
            return Optional.empty();
        }
        var latin = labels.stream().map(LookAlike::latin).collect(Collectors.joining("."));
        return Optional.of(new LookAlike(shown, Optional.of(latin).filter(LookAlike::isAscii)));
    }

    private static boolean isMixed(String label) {
        var scripts = label.codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED)
                .collect(Collectors.toSet());
        return scripts.size() > 1 && TOGETHER.stream().noneMatch(allowed -> allowed.containsAll(scripts));
    }

    private static boolean isDisguised(String label) {
        return !isAscii(label) && isAscii(latin(label));
    }

    private static String latin(String label) {
        var latin = new StringBuilder();
        label.codePoints().forEach(c -> latin.appendCodePoint(LATIN.containsKey(c) ? LATIN.getOrDefault(c, ' ') : c));
        return latin.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static Map<Integer, Character> pairs(String... pairs) {
        return Arrays.stream(pairs)
                .collect(Collectors.toUnmodifiableMap(pair -> pair.codePointAt(0), pair -> pair.charAt(1)));
    }
}
