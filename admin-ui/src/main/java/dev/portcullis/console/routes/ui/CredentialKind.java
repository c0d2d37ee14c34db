package dev.portcullis.console.routes.ui;

import java.util.Arrays;
import java.util.List;

/// The kinds of credentials as people choose among them.
enum CredentialKind {
    HEADER("header", "A fixed header", "Value of the header"),
    PORT("port", "Port client credentials", "Client secret"),
    CLIENT_CREDENTIALS("client_credentials", "OAuth client credentials", "Client secret");

    private final String wireName;
    private final String label;
    private final String secret;

    CredentialKind(String wireName, String label, String secret) {
        this.wireName = wireName;
        this.label = label;
        this.secret = secret;
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
        return switch (this) {
            case HEADER -> List.of("header");
            case PORT -> List.of("endpoint", "clientId");
            case CLIENT_CREDENTIALS -> List.of("endpoint", "clientId", "scope", "resource");
        };
    }
}
