package dev.portcullis.proxy.exchange;

import java.util.Optional;

/// What a request's host and path lead to: the MCP endpoint of a route, or what is published about it.
///
/// @param route its name; there may or may not be such a route
/// @param publicUrl the endpoint's one public name, which tokens are issued for and which clients
///     compare letter by letter; absent when the gateway has no name of its own
/// @param isMetadata whether the request asks for the endpoint's protected resource metadata
public record Endpoint(String route, Optional<String> publicUrl, boolean isMetadata) {
    /// Stands before the path of a resource in the path of its metadata.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-3.1">RFC 9728, section 3.1</a>
    static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    /// Where the metadata of this endpoint is.
    public Optional<String> metadataUrl() {
        return publicUrl.map(Endpoint::metadataUrl);
    }

    private static String metadataUrl(String url) {
        var path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 || path == url.length() - 1
                ? (path < 0 ? url : url.substring(0, path)) + WELL_KNOWN
                : url.substring(0, path) + WELL_KNOWN + url.substring(path);
    }
}
