package dev.portcullis.proxy.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Host and port, as in a Host header.
///
/// @param host in lower case; an IPv6 address in brackets
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.2">RFC 9110, Host and :authority</a>
public record Authority(String host, OptionalInt port) {
    private static final int HIGHEST_PORT = 65_535;

    /// Reads what stands in a Host header; empty when it is not host and port and nothing else.
    public static Optional<Authority> of(String text) {
        try {
            var uri = new URI("http://" + text).parseServerAuthority();
            var isPlain = uri.getUserInfo() == null
                    && uri.getPort() <= HIGHEST_PORT
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return Optional.ofNullable(uri.getHost())
                    .filter(host -> isPlain)
                    .map(host -> new Authority(host.toLowerCase(Locale.ROOT), port(uri)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// The origin of a URL with this authority, without the port that the scheme has anyway.
    ///
    /// @param scheme `http` or `https`
    public String origin(String scheme) {
        var usual = scheme.equals("https") ? 443 : 80;
        return scheme + "://" + host + (port.isPresent() && port.getAsInt() != usual ? ":" + port.getAsInt() : "");
    }

    private static OptionalInt port(URI uri) {
        return uri.getPort() < 0 ? OptionalInt.empty() : OptionalInt.of(uri.getPort());
    }
}
