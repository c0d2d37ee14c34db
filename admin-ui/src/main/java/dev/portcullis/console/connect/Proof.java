package dev.portcullis.console.connect;

import dev.portcullis.policy.document.Route.Authentication;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a client shows the gateway.
public enum Proof {
    /// Nothing: the route is open.
    NOTHING,
    /// An API key of the gateway.
    KEY,
    /// A token that the client fetches by letting its user sign in.
    SIGN_IN;

    /// Its name in URLs and in the REST API.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Proof> named(String wireName) {
        return Arrays.stream(values())
                .filter(proof -> proof.wireName().equals(wireName))
                .findFirst();
    }

    /// Those that a route takes, the usual one first.
    public static List<Proof> of(Authentication authentication) {
        return switch (authentication) {
            case OPEN -> List.of(NOTHING);
            case PASSTHROUGH -> List.of(SIGN_IN);
            case GATEWAY -> List.of(KEY, SIGN_IN);
        };
    }
}
