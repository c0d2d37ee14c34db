package dev.portcullis.standalone.up;

import dev.portcullis.standalone.process.CannotStart;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `--upstream NAME=URL` says: a route's name and where it leads.
public record Upstream(String route, URI uri) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// Reads the option's value.
    ///
    /// @throws CannotStart with what was expected
    public static Upstream parse(String option) {
        int equals = option.indexOf('=');
        if (equals < 1) {
            throw wrong(option, "NAME=URL, for instance port-eu=https://mcp.port.io/v1");
        }
        var name = option.substring(0, equals);
        if (!NAME.matcher(name).matches()) {
            throw wrong(option, "a name of lower case letters, digits and hyphens before the =");
        }
        return new Upstream(name, uri(option, option.substring(equals + 1)));
    }

    /// Its `host:port` when that is on this machine, where no upstream may be unless the operator says
    /// so.
    public Optional<String> loopbackAddress() {
        try {
            return InetAddress.getByName(uri.getHost()).isLoopbackAddress()
                    ? Optional.of(uri.getHost() + ":" + port())
                    : Optional.empty();
        } catch (UnknownHostException notNow) {
            return Optional.empty();
        }
    }

    boolean isEncrypted() {
        return uri.getScheme().equals("https");
    }

    private int port() {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return isEncrypted() ? HTTPS : HTTP;
    }

    private static URI uri(String option, String text) {
        try {
            var uri = new URI(text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new CannotStart("--upstream " + option + " (expected: a URL after the =: " + e.getReason() + ")", e);
        }
        throw wrong(option, "an http or https URL after the =, without user or fragment");
    }

    private static CannotStart wrong(String option, String expected) {
        return new CannotStart("--upstream " + option + " (expected: " + expected + ")");
    }
}
