package dev.portcullis.proxy.audit;

import java.util.Locale;

/// How an exchange ended, read from the protocol and not from the HTTP status: a failed tool is HTTP
/// 200.
public enum Outcome {
    SUCCEEDED,
    TOOL_ERROR,
    PROTOCOL_ERROR,
    DENIED,
    REFUSED,
    UPSTREAM_FAILED,
    CANCELLED,
    INPUT_REQUIRED,
    UNKNOWN;

    /// The name in the audit trail.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
