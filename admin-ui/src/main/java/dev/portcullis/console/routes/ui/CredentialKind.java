package dev.portcullis.console.routes.ui;

import java.util.Arrays;
import java.util.List;

/// The kinds of credentials as people choose among them.
enum CredentialKind {
    HEADER("header", "A fixed header", "Value of the header", List.of("header")),
    PORT("port", "Port client credentials", "Client secret", List.of("endpoint", "clientId")),
    CLIENT_CREDENTIALS(
            "client_credentials",
            "OAuth client credentials",
            "Client secret",
            List.of("endpoint", "clientId", "scope", "resource"));

    private final String wireName;
    private final String label;
    private final String secret;
    private final List<String> settings;

    CredentialKind(String wireName, String label, String secret, List<String> settings) {
        this.wireName = wireName;
        this.label = label;
        this.secret = secret;
        this.settings = settings;
    }

    static CredentialKind of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst()
                .orElseThrow();
    }

    String wireName() {
        return wireName;
    }

    String label() {
        return label;
    }

    /// What its secret is called.
    String secret() {
        return secret;
    }

    /// What else belongs to it.
    List<String> settings() {
        return settings;
    }
}
