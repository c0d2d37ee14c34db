package dev.portcullis.proxy.http;

import java.util.Locale;
import java.util.Set;

/// The header fields in which clients show credentials.
public final class CredentialFields {
    private static final Set<String> NAMES =
            Set.of("authorization", "x-api-key", "api-key", "x-auth-token", "x-access-token");

    private CredentialFields() {}

    /// Whether a field of this name holds a credential for the server, in whatever case it is written.
    public static boolean contain(String name) {
        return NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
