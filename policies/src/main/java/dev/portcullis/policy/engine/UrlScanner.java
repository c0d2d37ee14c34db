package dev.portcullis.policy.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the http, https, ws and wss URLs in a text, and reads their hosts only where all programs read
/// the same one.
///
/// Programs disagree: browsers drop tabs and line ends, take `\` for `/`, and forgive missing or
/// surplus slashes; others do not. So whatever they could disagree about is in doubt instead of being
/// read in one of the ways ([URL Standard](https://url.spec.whatwg.org/#concept-basic-url-parser), RFC
/// 3986). Takes time in proportion to the text. One use, one thread.
final class UrlScanner {
    /// The longer before what it ends in.
    private static final List<String> SCHEMES = List.of("https", "http", "wss", "ws");

    /// What may stand before a reference without scheme.
    private static final String OPENING = "\"'`(=<";

    /// Slashes as JSON and programs escape them; not where they could begin a reference without scheme.
    private static final Pattern ESCAPED_SLASH = Pattern.compile("(?<=[^\\\\\"'`(=<\\x00-\\x20\\u00a0\\ufeff])\\\\++/");

    /// What no reading takes as part of a host or of what may stand before it.
    private static final String ENDS = "/?#";

    private static final Pattern PATH = Pattern.compile("[" + ENDS + "]");

    /// What may follow a host in quotes behind the closing one.
    private static final String AFTER_QUOTE = ",;:]}) >\t\r\n";
    /// Longer than any address in brackets.
    private static final int LONGEST_LITERAL = 60;

    private static final int MOST_SHOWN = 3;
    /// A host without dot in a reference without scheme is more likely a path of something else.
    private static final Pattern LIKELY_HOST =
            Pattern.compile("(?i)\\[.*|.*[^.][.。．｡][^.].*|localhost\\.?|0x[0-9a-f]+|[0-9]+");

    private final String text;
    private final boolean json;
    private final int trimmed;
    private final List<String> hosts = new ArrayList<>();
    private final List<Integer> doubts = new ArrayList<>();

    /// @param json whether all of the text is JSON, so that a backslash belongs to an escape
    UrlScanner(String text, boolean json) {
        this.text = text.indexOf('\\') < 0 ? text : ESCAPED_SLASH.matcher(text).replaceAll("/");
        this.json = json;
        this.trimmed = Surroundings.trimmed(this.text);
    }

    /// The hosts that are beyond doubt, as they are written, in order.
    List<String> hosts() {
        return hosts;
    }

    /// The first of the URLs whose hosts are not surely known, shortened for people.
    List<String> doubts() {
        return doubts.stream().limit(MOST_SHOWN).map(at -> Excerpt.of(text, at)).toList();
    }

    void scan() {
        for (var colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
            scheme(colon);
        }
        for (var i = 0; i < text.length(); i++) {
            if (isSlash(i)) {
                i = slashes(i) - 1;
            }
        }
    }

    /// Reads backwards from a colon. A scheme that a tab or a line end cuts in two is whole again in a
    /// browser.
    private void scheme(int colon) {
        for (var scheme : SCHEMES) {
            var start = beginningOf(scheme, colon);
            if (start >= 0) {
                if (start + scheme.length() < colon) {
                    doubts.add(start);
                } else {
                    url(start, colon + 1);
                }
                return;
            }
        }
    }

    private int beginningOf(String scheme, int colon) {
        var at = colon;
        for (var letter = scheme.length() - 1; letter >= 0; letter--) {
            do {
                at--;
            } while (at >= 0 && isInvisible(text.charAt(at)));
            if (at < 0 || (text.charAt(at) | 0x20) != scheme.charAt(letter) || text.charAt(at) >= 0x80) {
                return -1;
            }
        }
        return at;
    }

    /// A reference without scheme takes that of the page it stands on: where a text begins, or what is
    /// quoted or set in parentheses in it.
    ///
    /// @return behind the slashes at `first`
    private int slashes(int first) {
        var end = first;
        var count = 0;
        for (; end < text.length() && (isSlash(end) || (count > 0 && isDropped(end))); end++) {
            count += isSlash(end) ? 1 : 0;
        }
        if (count > 1 && mayBegin(first)) {
            reference(first, end);
        }
        return end;
    }

    private boolean mayBegin(int first) {
        var before = first - 1;
        while (before >= trimmed && isBlank(text.charAt(before))) {
            before--;
        }
        return before < trimmed || OPENING.indexOf(text.charAt(before)) >= 0;
    }

    private void url(int scheme, int afterColon) {
        if (text.startsWith("//", afterColon)) {
            authority(scheme, afterColon + 2);
        } else if (standsAlone(scheme) && !isNoUrl(around(scheme), afterColon)) {
            doubts.add(scheme);
        }
    }

    private void reference(int slashes, int start) {
        var end = endOfHost(start);
        var around = around(slashes);
        var userInformation = hasUserInformation(around, end);
        if (isLikelyHost(start, end)) {
            // On a path of Windows, a backslash ends the host as it does in a browser.
            var isPath = end < text.length() && text.charAt(end) == '\\';
            found(slashes, start, end, !userInformation && (isPath || endsForAll(around, end)));
        } else if (userInformation) {
            var path = PATH.matcher(text);
            var host = text.lastIndexOf('@', path.find(end) ? path.start() : text.length()) + 1;
            if (isLikelyHost(host, endOfHost(host))) {
                doubts.add(slashes);
            }
        }
    }

    private boolean isLikelyHost(int start, int end) {
        return LIKELY_HOST.matcher(text.substring(start, end)).matches();
    }

    /// Whether a scheme without its two slashes is only a word before a colon.
    private boolean isNoUrl(Surroundings around, int afterColon) {
        var next = skipDropped(afterColon);
        if (around.whole()) {
            return around.closes(text, next)
                    || (next < text.length() && isSpace(next) && !hasUserInformation(around, next));
        }
        if (next == text.length()) {
            return true;
        }
        var slash = isSlash(next);
        var host = isOfHost(next) || text.charAt(next) == '[' || text.charAt(next) == '@';
        return !slash && !(host && next == afterColon);
    }

    /// `https:` inside of another word, such as `ws:` in `rows:`, begins no URL.
    private boolean standsAlone(int scheme) {
        return scheme == 0 || !Character.isLetterOrDigit(text.charAt(scheme - 1));
    }

    private void authority(int scheme, int start) {
        var end = endOfHost(start);
        if (end == start) {
            doubts.add(scheme);
            return;
        }
        var around = around(scheme);
        found(scheme, start, end, endsForAll(around, endOfPort(end)) && !hasUserInformation(around, end));
    }

    /// What is in doubt is refused whatever its host may be, so a host that may be none is not named.
    private void found(int url, int start, int end, boolean certain) {
        if (certain) {
            hosts.add(text.substring(start, end));
        } else {
            doubts.add(url);
        }
    }

    /// Behind the host; `start` when there is none.
    private int endOfHost(int start) {
        if (start < text.length() && text.charAt(start) == '[') {
            var bracket = text.indexOf(']', start, Math.min(text.length(), start + LONGEST_LITERAL));
            return bracket < 0 ? start : bracket + 1;
        }
        var end = start;
        while (end < text.length() && isOfHost(end)) {
            end++;
        }
        return end;
    }

    private int endOfPort(int endOfHost) {
        var end = endOfHost;
        if (end < text.length() && text.charAt(end) == ':') {
            end++;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
        }
        return end;
    }

    /// Whether an `@` follows before the path: then the host is not what stands before it, or not for
    /// everybody. Where a URL is all of a text or of a quotation, browsers take spaces for a part of it.
    private boolean hasUserInformation(Surroundings around, int from) {
        var whole = around.whole();
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '@') {
                return true;
            }
            if (c == '/' || c == '?' || c == '#' || (whole ? around.closes(text, i) : c == ' ' || isDropped(i))) {
                return false;
            }
            if (whole && around.isTooFar(i - from)) {
                return true;
            }
        }
        return false;
    }

    /// Whether host and port end here in every reading: at the end of the text, a space, or something
    /// that is never part of a host; or at punctuation that nothing follows which could belong to one.
    private boolean endsForAll(Surroundings around, int end) {
        if (around.closes(text, end) && (end + 1 == text.length() || AFTER_QUOTE.indexOf(text.charAt(end + 1)) >= 0)) {
            return true;
        }
        var next = end;
        while (next < text.length() && (isPunctuation(next) || (next > end && "-._".indexOf(text.charAt(next)) >= 0))) {
            if (text.charAt(next) == '\\') {
                return json;
            }
            next++;
        }
        if (next == text.length()) {
            return true;
        }
        var c = text.charAt(next);
        // Where it could be given as a whole, only a plain space is surely no part of it.
        if (isDropped(next) || (isSpace(next) && c != ' ')) {
            return !around.whole();
        }
        return c == ' ' || ENDS.indexOf(c) >= 0;
    }

    private Surroundings around(int start) {
        return Surroundings.of(text, trimmed, start);
    }

    private boolean isPunctuation(int index) {
        var c = text.charAt(index);
        return !isOfHost(index) && !isSpace(index) && ENDS.indexOf(c) < 0 && !Character.isISOControl(c);
    }

    /// Letters, digits, and what may stand between them; percent signs and underscores too, because
    /// then the host is no name, and not the name before them.
    private boolean isOfHost(int index) {
        var c = text.charAt(index);
        return c < 0x80
                ? Character.isLetterOrDigit(c) || "-._%".indexOf(c) >= 0
                : Character.isSurrogate(c) || Character.isLetterOrDigit(c) || isMark(c) || "。．｡".indexOf(c) >= 0;
    }

    private static boolean isMark(char c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private boolean isSpace(int index) {
        return Character.isSpaceChar(text.charAt(index));
    }

    private boolean isSlash(int index) {
        var c = text.charAt(index);
        return c == '/' || c == '\\';
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\ufeff';
    }

    /// What browsers drop, and what cannot be seen and others may drop.
    private static boolean isInvisible(char c) {
        return Surroundings.isDropped(c) || (c >= 0x80 && Character.getType(c) == Character.FORMAT);
    }

    private boolean isDropped(int index) {
        return Surroundings.isDropped(text.charAt(index));
    }

    private int skipDropped(int from) {
        var next = from;
        while (next < text.length() && isDropped(next)) {
            next++;
        }
        return next;
    }
}
