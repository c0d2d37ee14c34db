package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.Permit;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.jsonrpc.JsonRpcCodec;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.mcp.ClientSoftware;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.legacy.LegacyMethods;
import dev.portcullis.proxy.mcp.modern.ModernMethods;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// How far a request has come. Each stage holds the one before it, so that a step can only be taken
/// with the results of the steps before, and the last stage reached is all that the audit record needs.
public sealed interface Stage {

    /// A request began; nothing about it is trusted yet.
    ///
    /// @param headers empty when not even they could be read
    /// @param peer who sent it, as far as the connection tells
    record Received(ExchangeId exchange, Instant at, String httpMethod, String target, HeaderFields headers, Peer peer)
            implements Stage {

        public InetAddress clientAddress() {
            return peer.address();
        }
    }

    /// Fit to be looked at: an HTTP method, host, origin and media type of ours.
    ///
    /// @param verb what kind of request this is
    /// @param endpoint what its host and path lead to
    record Screened(Received received, Verb verb, Endpoint endpoint) implements Stage {
        /// Of a route that may or may not exist.
        public String routeName() {
            return endpoint.route();
        }
    }

    /// For a route that exists, under the policy in force at this moment; the rest of the exchange is
    /// judged by it.
    ///
    /// @param upstream where the route leads
    record Routed(Screened screened, Route route, URI upstream, PolicySnapshot policy) implements Stage {}

    /// From a caller that may talk to this route from this address.
    ///
    /// @param session the session it names, and whether that is the caller's
    /// @param connection what the policy was asked, and allowed
    /// @param decisionMicros how long that took
    record Identified(
            Routed routed,
            Caller caller,
            SessionClaim session,
            Optional<ClientSoftware> software,
            PolicyInput connection,
            Permit connectionPermit,
            long decisionMicros)
            implements Stage {}

    /// With a message that is understood, and refers to nothing that is not the caller's.
    ///
    /// @param opened the message as the server is to read it
    /// @param isRewritten whether that differs from what was received
    /// @param tool the tool it calls, as it was listed last
    record Decoded(
            Identified identified,
            Era era,
            McpMessage message,
            JsonRpcMessage opened,
            boolean isRewritten,
            Optional<ListedTool> tool)
            implements Stage {
        /// The software that sent it: as the session began, or else as the message says. A session keeps its
        /// name, so that no rule and no kill is left behind with another one.
        public Optional<ClientSoftware> software() {
            return identified.software().or(message::software);
        }

        /// Whether it begins a session.
        boolean begins() {
            return message.method().filter(LegacyMethods.INITIALIZE::equals).isPresent();
        }
    }

    /// Put to the policy, which did not allow it.
    ///
    /// @param input what the policy was asked
    record Asked(Decoded decoded, PolicyInput input) implements Stage {}

    /// Allowed to go upstream. GET and DELETE come here without a message.
    ///
    /// @param input what the policy was asked
    /// @param counted what the limits of the policy said
    record Decided(
            Identified identified,
            Optional<Decoded> decoded,
            PolicyInput input,
            Permit permit,
            long decisionMicros,
            Counted counted)
            implements Stage {
        /// Not counted yet.
        public Decided(
                Identified identified,
                Optional<Decoded> decoded,
                PolicyInput input,
                Permit permit,
                long decisionMicros) {
            this(identified, decoded, input, permit, decisionMicros, Counted.nothing());
        }

        Decided counted(Counted now) {
            return new Decided(identified, decoded, input, permit, decisionMicros, now);
        }

        /// GET and DELETE belong to the legacy era.
        public Era era() {
            return decoded.map(Decoded::era).orElse(Era.LEGACY);
        }

        /// Whether it asks for nothing but a stream of what happens: GET, or a subscription.
        public boolean opensStream() {
            return decoded.isEmpty()
                    ? identified.routed().screened().verb() == Verb.GET
                    : decoded.flatMap(message -> message.message().method())
                            .filter(ModernMethods.LISTEN::equals)
                            .isPresent();
        }

        /// The session by the server's own id; the modern era has none, and `initialize` begins one.
        public Optional<String> upstreamSession() {
            return era() == Era.LEGACY && !decoded.map(Decoded::begins).orElse(false)
                    ? identified.session().upstreamId()
                    : Optional.empty();
        }

        /// The body in place of the one received, when the two differ.
        public Optional<byte[]> rewrittenBody() {
            return decoded.filter(Decoded::isRewritten).map(message -> JsonRpcCodec.encode(message.opened()));
        }
    }
}
