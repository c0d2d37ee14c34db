package dev.portcullis.sandbox.oauth;

/// The addresses of one organization: its MCP endpoint, and its authorization server under `/auth`.
///
/// @param base scheme, host and port
/// @param name of the organization; empty for the one of the short paths
/// @param isMismatched whether the server claims to be another one than was found, as Port's does
record Site(String base, String name, boolean isMismatched) {

    /// The MCP endpoint, which is the resource that tokens open.
    String resource() {
        return base + path() + "/v1";
    }

    /// Where clients hear about signing in.
    String resourceMetadata() {
        return base + "/.well-known/oauth-protected-resource" + path() + "/v1";
    }

    /// Where the authorization server is.
    String server() {
        return base + path() + "/auth";
    }

    /// Who the authorization server says it is, in its metadata, in redirects and in tokens.
    String issuer() {
        return isMismatched ? base + path() + "/identity" : server();
    }

    private String path() {
        return name.isEmpty() ? "" : "/" + name;
    }
}
