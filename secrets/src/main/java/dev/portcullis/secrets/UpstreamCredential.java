package dev.portcullis.secrets;

import dev.portcullis.configuration.Secret;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// What the gateway shows an upstream in place of the caller's credentials.
public sealed interface UpstreamCredential {

    /// The part that is encrypted at rest.
    Secret secret();

    /// The origins of the upstreams that may be shown it, such as `https://mcp.port.io`: who edits the
    /// policy must not be able to have it sent to a server of their own.
    List<String> upstreams();

    /// One header with a fixed value, such as `X-Api-Key`.
    ///
    /// @param header its name, one that the gateway does not set itself
    /// @param secret the whole value
    record StaticHeader(List<String> upstreams, String header, Secret secret) implements UpstreamCredential {
        public StaticHeader {
            upstreams = List.copyOf(upstreams);
        }
    }

    /// Port's client credentials, exchanged for a token by JSON.
    ///
    /// @param endpoint such as `https://api.getport.io/v1/auth/access_token`
    /// @param secret the client secret
    record PortToken(List<String> upstreams, URI endpoint, String clientId, Secret secret)
            implements UpstreamCredential {
        public PortToken {
            upstreams = List.copyOf(upstreams);
        }
    }

    /// The client credentials grant of OAuth 2.0.
    ///
    /// @param secret the client secret
    /// @param resource what the token is to be meant for
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
    record ClientCredentials(
            List<String> upstreams,
            URI endpoint,
            String clientId,
            Secret secret,
            Optional<String> scope,
            Optional<String> resource)
            implements UpstreamCredential {
        public ClientCredentials {
            upstreams = List.copyOf(upstreams);
        }
    }
}
