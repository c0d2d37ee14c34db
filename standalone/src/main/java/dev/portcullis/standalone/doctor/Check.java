package dev.portcullis.standalone.doctor;

import java.util.Locale;

/// What is looked at, in the order of the way from a client to its tools.
public enum Check {
    NAME,
    CONNECTION,
    TLS,
    GATEWAY,
    ROUTE,
    SIGN_IN,
    POLICY,
    UPSTREAM,
    TOOLS,
    CONSOLE;

    /// The name in reports.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
