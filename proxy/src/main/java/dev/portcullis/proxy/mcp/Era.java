package dev.portcullis.proxy.mcp;

import java.util.List;
import java.util.Locale;

/// The two kinds of MCP: with a handshake and sessions, or with all facts in each request.
@SuppressWarnings("ImmutableEnumChecker") // the lists are made by List.of
public enum Era {
    LEGACY(List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")),
    MODERN(List.of("2026-07-28"));

    private final List<String> versions;

    Era(List<String> versions) {
        this.versions = versions;
    }

    /// The protocol versions of this era.
    public List<String> versions() {
        return versions;
    }

    public boolean has(String version) {
        return versions.contains(version);
    }

    /// The name in the audit trail.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
