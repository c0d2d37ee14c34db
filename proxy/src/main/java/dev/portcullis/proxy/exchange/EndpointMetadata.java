package dev.portcullis.proxy.exchange;

import java.util.concurrent.CompletionStage;

/// What the gateway publishes about the MCP endpoint of a route, so that clients find out how to sign
/// in.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728, OAuth 2.0 Protected Resource
///     Metadata</a>
public interface EndpointMetadata {
    /// The metadata of the endpoint that was asked about. Does not wait; safe for all threads.
    CompletionStage<Found> of(Stage.Routed routed);

    /// What there is to publish.
    sealed interface Found {
        record Published(OwnAnswer answer) implements Found {}

        /// Nobody signs in to this route.
        record None() implements Found {}

        /// The upstream, whose metadata it would be, does not tell.
        record Unavailable(Refusal.Failure failure) implements Found {}
    }
}
