package dev.portcullis.policy.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the http, https, ws and wss URLs in a text, and reads their hosts only where all programs read
/// the same one.
///
/// Programs disagree: browsers drop tabs and line ends, take `\` for `/`, and forgive missing or
/// surplus slashes; others do not. So whatever they could disagree about is uncertain instead of being
/// read in one of the ways ([URL Standard](https://url.spec.whatwg.org/#concept-basic-url-parser), RFC
/// 3986). Takes time in proportion to the text. One use, one thread.
final class UrlScanner {
    private static final Pattern SCHEME = Pattern.compile("(?:https?|wss?):", Pattern.CASE_INSENSITIVE);
    /// What browsers remove from a URL, wherever it stands.
    private static final String DROPPED = "\t\r\n";
    /// What no reading takes as part of a host or of what may stand before it.
    private static final String ENDS = "/?#<>[]|^";

    private static final Pattern DROPPED_RUN = Pattern.compile("[" + DROPPED + "]+");
    /// Longer than any address in brackets.
    private static final int LONGEST_LITERAL = 60;

    private final String text;
    /// Where the text begins, apart from what browsers trim.
    private final int beginning;
    private final List<String> hosts = new ArrayList<>();
    private boolean certain = true;

    UrlScanner(String text) {
        this.text = text;
        beginning = (int) text.chars().takeWhile(c -> c <= ' ').count();
    }

    /// The hosts as they are written, in order.
    List<String> hosts() {
        return hosts;
    }

    /// Whether the hosts are surely those of all URLs.
    boolean certain() {
        return certain;
    }

    void scan() {
        if (text.indexOf(':') < 0) {
            return;
        }
        var matcher = SCHEME.matcher(text);
        var found = 0;
        while (matcher.find()) {
            found++;
            url(matcher.start(), matcher.end());
        }
        certain &= found >= schemesWithoutLineEnds();
    }

    /// A scheme that a tab or a line end cuts in two is whole again in a browser.
    private int schemesWithoutLineEnds() {
        if (DROPPED.chars().noneMatch(dropped -> text.indexOf(dropped) >= 0)) {
            return 0;
        }
        return (int) SCHEME.matcher(DROPPED_RUN.matcher(text).replaceAll(""))
                .results()
                .count();
    }

    private void url(int scheme, int afterColon) {
        if (text.startsWith("//", afterColon)) {
            authority(scheme, afterColon + 2);
        } else if (standsAlone(scheme)) {
            certain &= isNoUrl(scheme, afterColon);
        }
    }

    /// Whether a scheme without its two slashes is only a word before a colon.
    private boolean isNoUrl(int scheme, int afterColon) {
        var next = skipDropped(afterColon);
        if (scheme == beginning) {
            return next < text.length() && isSpace(next) && !hasUserInformation(scheme, next);
        }
        if (next == text.length()) {
            return true;
        }
        var slash = text.charAt(next) == '/' || text.charAt(next) == '\\';
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
            certain = false;
            return;
        }
        certain &= !hasUserInformation(scheme, end) && endsForAll(scheme, endOfPort(end));
        hosts.add(text.substring(start, end));
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
    /// everybody. In a URL at the beginning of a text, browsers take spaces for a part of it.
    private boolean hasUserInformation(int scheme, int from) {
        var ends = scheme == beginning ? "/?#" : "/?# " + DROPPED;
        for (var i = from; i < text.length() && ends.indexOf(text.charAt(i)) < 0; i++) {
            if (text.charAt(i) == '@') {
                return true;
            }
        }
        return false;
    }

    /// Whether host and port end here in every reading: at the end of the text, a space, or something
    /// that is never part of a host; or at punctuation that nothing follows which could belong to one.
    private boolean endsForAll(int scheme, int end) {
        var next = end;
        while (next < text.length() && (isPunctuation(next) || (next > end && "-._".indexOf(text.charAt(next)) >= 0))) {
            if (text.charAt(next) == '\\') {
                return false;
            }
            next++;
        }
        if (next == text.length()) {
            return true;
        }
        var c = text.charAt(next);
        return DROPPED.indexOf(c) >= 0 ? scheme != beginning : isSpace(next) || ENDS.indexOf(c) >= 0;
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
        var c = text.charAt(index);
        return Character.isSpaceChar(c);
    }

    private int skipDropped(int from) {
        var next = from;
        while (next < text.length() && DROPPED.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next;
    }
}
