package dev.portcullis.proxy.exchange;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What the gateway publishes about the MCP endpoint of a route, so that clients find out how to sign
/// in.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728, OAuth 2.0 Protected Resource
///     Metadata</a>
public interface EndpointMetadata {
    /// The metadata of the endpoint that was asked about, or nothing when the route has none. Does not
    /// wait; safe for all threads.
    CompletionStage<Optional<OwnAnswer>> of(Stage.Routed routed);
}
