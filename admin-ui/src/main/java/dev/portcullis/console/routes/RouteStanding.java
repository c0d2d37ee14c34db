package dev.portcullis.console.routes;

import dev.portcullis.policy.document.Route;

/// A route of the policy in force, and how it stands.
public record RouteStanding(Route route, CredentialFit fit, RouteHealth health) {

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
