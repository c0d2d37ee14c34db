package dev.portcullis.proxy.exchange;

/// What is wanted of an MCP endpoint, by HTTP method and path.
public enum Verb {
    /// Carries one message.
    POST,
    /// Opens the server's stream (legacy era).
    GET,
    /// Ends a session (legacy era).
    DELETE,
    /// Reads what the gateway publishes about the endpoint, for clients that want to sign in.
    METADATA,
    /// A browser asks whether a page may send one of the others.
    PREFLIGHT
}
