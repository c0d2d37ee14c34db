package dev.portcullis.console.routes;

import dev.portcullis.policy.document.Route;

import java.time.OffsetDateTime;
import java.util.Optional;

/// A route of the policy in force, and how it stands.
///
/// @param credentialEnd when what it shows its upstream ends, as far as somebody has said so
public record RouteStanding(
        Route route, CredentialFit fit, Optional<OffsetDateTime> credentialEnd, RouteHealth health) {

    /// Whether what the route wants to show its upstream can be shown.
    public enum CredentialFit {
        /// It wants to show nothing.
        NONE,
        FITS,
        /// There is no credential of that name: every call is refused.
        MISSING,
        /// It may not be shown to this upstream: every call is refused.
        OTHER_UPSTREAM
    }
}
