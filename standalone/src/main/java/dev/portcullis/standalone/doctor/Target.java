package dev.portcullis.standalone.doctor;

import dev.portcullis.standalone.process.CannotStart;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The MCP endpoint that a client was given.
///
/// @param uri http or https, with a host, without user, query and fragment
public record Target(URI uri) {
    private static final Pattern ROUTE = Pattern.compile("/mcp/([a-z0-9][a-z0-9-]*)");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int HIGHEST_PORT = 65_535;

    /// Reads a URL.
    ///
    /// @throws CannotStart with what was expected; the text is not repeated, since a password may stand
    ///     in it
    public static Target of(String text) {
        try {
            var uri = new URI(text.strip());
            var isWeb = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isWeb
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getPort() <= HIGHEST_PORT
                    && uri.getPort() != 0) {
                return new Target(uri);
            }
        } catch (URISyntaxException e) {
            throw wrong();
        }
        throw wrong();
    }

    /// Name or address, without brackets.
    String host() {
        return uri.getHost().replaceAll("[\\[\\]]", "");
    }

    int port() {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return isEncrypted() ? HTTPS : HTTP;
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /// Whether the host is an address, so that there is no name to look up.
    boolean isAddress() {
        try {
            InetAddress.ofLiteral(host());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The route, where the path names one; under a host of a route's own it does not.
    Optional<String> route() {
        var path = ROUTE.matcher(uri.getPath());
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }

    private static CannotStart wrong() {
        return new CannotStart("ENDPOINT (expected: an http or https URL such as https://mcp.example.com/mcp/port-eu,"
                + " without user, query and fragment)");
    }
}
