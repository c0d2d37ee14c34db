package dev.portcullis.proxy.mcp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Which URIs of resources are written in a way that some server could read as another resource.
///
/// A rule compares the URI as it was sent; so what normalization would change is refused rather than
/// normalized: a scheme in capitals, user information, dot segments, letters and slashes behind percent
/// signs, such signs behind another one, and for the web also a host in capitals.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-6">RFC 3986, normalization</a>
final class ResourceUri {
    private static final Set<String> WEB = Set.of("http", "https", "ws", "wss");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
    private static final Pattern AUTHORITY = Pattern.compile("//([^/?#]*).*");
    private static final Pattern DOT_SEGMENT = Pattern.compile("(?:^|.*/)\\.{1,2}(?:[/?#].*|$)");
    private static final Pattern NEEDLESS_ESCAPE = Pattern.compile(
            ".*%(?:2[DdEeFf]|5[CcFf]|7[Ee]|3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|[01][0-9A-Fa-f]|7[Ff]).*");
    private static final Pattern BROKEN_ESCAPE = Pattern.compile(".*%(?![0-9A-Fa-f]{2}).*");
    private static final Pattern DOUBLE_ESCAPE = Pattern.compile(".*%25[0-9A-Fa-f]{2}.*");

    private ResourceUri() {}

    static boolean isAmbiguous(String uri) {
        var parts = SCHEME.matcher(uri);
        if (!parts.matches()) {
            return DOT_SEGMENT.matcher(uri).matches() || hasOddEscape(uri);
        }
        var scheme = parts.group(1);
        var rest = parts.group(2);
        return !scheme.equals(scheme.toLowerCase(Locale.ROOT))
                || hasOddAuthority(scheme, rest)
                || DOT_SEGMENT.matcher(rest).matches()
                || hasOddEscape(rest);
    }

    private static boolean hasOddAuthority(String scheme, String rest) {
        var authority = AUTHORITY.matcher(rest);
        if (!authority.matches()) {
            return false;
        }
        var host = authority.group(1);
        return host.indexOf('@') >= 0
                || (WEB.contains(scheme) && (host.endsWith(".") || !host.equals(host.toLowerCase(Locale.ROOT))));
    }

    private static boolean hasOddEscape(String text) {
        return NEEDLESS_ESCAPE.matcher(text).matches()
                || BROKEN_ESCAPE.matcher(text).matches()
                || DOUBLE_ESCAPE.matcher(text).matches();
    }
}
