package dev.portcullis.proxy.upstream;

import java.net.URI;
import java.util.Locale;

/// Where connections go: scheme, host and port.
///
/// @param host as the URI names it, without the brackets of an IPv6 literal
/// @param sandbox whether it is the stand-in, which may be where upstreams of documents may not; its
///     connections are kept apart
record Origin(boolean tls, String host, int port, boolean sandbox) {
    static Origin of(URI target, boolean sandbox) {
        var tls = "https".equals(target.getScheme().toLowerCase(Locale.ROOT));
        var port = target.getPort() >= 0 ? target.getPort() : tls ? 443 : 80;
        return new Origin(tls, target.getHost().replaceAll("^\\[|]$", ""), port, sandbox);
    }

    /// The value of the `Host` header.
    String authority() {
        var name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }
}
