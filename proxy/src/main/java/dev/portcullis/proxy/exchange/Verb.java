package dev.portcullis.proxy.exchange;

/// The HTTP methods of an MCP endpoint.
public enum Verb {
    /// Carries one message.
    POST,
    /// Opens the server's stream (legacy era).
    GET,
    /// Ends a session (legacy era).
    DELETE
}
