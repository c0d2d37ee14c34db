package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Decision;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import dev.portcullis.proxy.mcp.McpProblem;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The gateway's *no*, whatever the reason. What it looks like on the wire is decided elsewhere, once
/// for all of them.
public sealed interface Refusal {

    /// A short key for records, logs and metrics.
    String key();

    /// Not HTTP as this gateway reads it.
    record BadHttp(String reason) implements Refusal {
        @Override
        public String key() {
            return "bad_http";
        }
    }

    /// A connection on which there was no request that could be answered.
    record ConnectionRefused(Reason reason) implements Refusal {
        /// Why nothing was read from it.
        public enum Reason {
            /// It must begin with a PROXY line of a trusted proxy.
            NO_PROXY_LINE,
            /// It must begin with a TLS handshake.
            NO_TLS,
            /// The two could not agree, or the client's certificate is not of a configured authority.
            TLS_FAILED
        }

        @Override
        public String key() {
            return reason.name().toLowerCase(Locale.ROOT);
        }
    }

    /// The head of the request is too large.
    record HeadTooLarge() implements Refusal {
        @Override
        public String key() {
            return "head_too_large";
        }
    }

    /// The body is too large.
    record BodyTooLarge(int limit) implements Refusal {
        @Override
        public String key() {
            return "body_too_large";
        }
    }

    /// The client stopped half-way through its request.
    record BodyTooSlow() implements Refusal {
        @Override
        public String key() {
            return "body_too_slow";
        }
    }

    /// Not the path of an MCP endpoint.
    record UnknownPath() implements Refusal {
        @Override
        public String key() {
            return "unknown_path";
        }
    }

    /// The path of an MCP endpoint that no route has.
    record UnknownRoute(String name) implements Refusal {
        private static final int LONGEST_SHOWN = 24;
        private static final int HINT = 8;

        /// The name, as far as it may be a misspelt one. A long one may as well be a key that somebody put
        /// into a URL, as is the custom elsewhere.
        public String shownName() {
            return name.length() <= LONGEST_SHOWN ? name : name.substring(0, HINT) + "…";
        }

        @Override
        public String key() {
            return "unknown_route";
        }
    }

    /// Neither POST, GET nor DELETE.
    record HttpMethodNotAllowed() implements Refusal {
        @Override
        public String key() {
            return "http_method_not_allowed";
        }
    }

    /// Called by a name that is not this gateway's, as in DNS rebinding.
    record ForeignHost() implements Refusal {
        @Override
        public String key() {
            return "foreign_host";
        }
    }

    /// A request of this gateway's own that came back to it.
    record Loop() implements Refusal {
        @Override
        public String key() {
            return "loop";
        }
    }

    /// Called by a script of a foreign web page.
    record ForeignOrigin() implements Refusal {
        @Override
        public String key() {
            return "foreign_origin";
        }
    }

    /// A body that is not plain JSON.
    record UnsupportedMedia(String reason) implements Refusal {
        @Override
        public String key() {
            return "unsupported_media";
        }
    }

    /// A route that is open to all, on a listener that others can reach.
    record OpenRouteExposed(String route) implements Refusal {
        @Override
        public String key() {
            return "open_route_exposed";
        }
    }

    /// The route asks who is calling, and what was shown identifies nobody.
    ///
    /// @param metadataUrl where a client finds out how to sign in
    /// @param scope what it should ask for there; empty when that does not matter
    record Unauthenticated(Identification.Fault fault, Optional<String> metadataUrl, String scope) implements Refusal {
        @Override
        public String key() {
            return fault.key();
        }
    }

    /// The identity provider that could say who is calling cannot be reached.
    ///
    /// @param issuer its name in the configuration
    record Unverifiable(String issuer) implements Refusal {
        @Override
        public String key() {
            return "issuer_unreachable";
        }
    }

    /// Too many attempts from this address identified nobody.
    record Throttled(Duration retryAfter) implements Refusal {
        @Override
        public String key() {
            return "throttled";
        }
    }

    /// What identified the caller when the exchange began does so no more: its key was revoked, or its
    /// token has expired.
    ///
    /// @param id the request that waits for an answer
    record CallerEnded(Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "caller_ended";
        }
    }

    /// Not one JSON-RPC message in strict JSON.
    record Malformed(int code, String reason, Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "malformed";
        }
    }

    /// JSON-RPC, but no MCP message that can be judged.
    record NotMcp(McpProblem problem) implements Refusal {
        @Override
        public String key() {
            return switch (problem) {
                case McpProblem.HeaderMismatch mismatch -> "header_mismatch";
                case McpProblem.UnsupportedVersion version -> "unsupported_version";
                case McpProblem.MissingExtension extension -> "missing_extension";
                case McpProblem.InvalidParams params -> "invalid_params";
                case McpProblem.Misplaced misplaced -> "misplaced";
                case McpProblem.UnknownMethod method -> "unknown_method";
                case McpProblem.UnknownNotification method -> "unknown_method";
            };
        }
    }

    /// GET opens a stream, and DELETE ends a session, in the legacy era only; and a GET that names
    /// neither a session nor a version is how the transport of 2024-11-05 begins, which is not served.
    record NoSuchStream() implements Refusal {
        @Override
        public String key() {
            return "no_such_stream";
        }
    }

    /// It refers to a session, a task, a question or a state that was not given to this caller. Whether
    /// it exists is not said.
    ///
    /// @param id the request that waits for an answer
    record NotYours(Seals.Kind kind, Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "not_yours_" + kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /// The session it names was taken back by an admin.
    ///
    /// @param wasRunning whether it had been let in before
    /// @param id the request that waits for an answer
    record SessionRevoked(boolean wasRunning, Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "session_revoked";
        }
    }

    /// The server asked the client, in place of an answer, for something the policy does not let it ask.
    ///
    /// @param asked the method, such as `elicitation/create`
    record AskingDenied(Decision.Deny decision, Era era, McpMessage message, String asked) implements Refusal {
        @Override
        public String key() {
            return "asking_denied";
        }
    }

    /// The policy does not let this caller talk to this route from this address.
    ///
    /// @param decisionMicros how long it took to decide
    /// @param caller who it was, as far as that was known
    record ConnectionDenied(Decision.Deny decision, long decisionMicros, Optional<Caller> caller) implements Refusal {
        @Override
        public String key() {
            return "connection_denied";
        }
    }

    /// The policy does not let this message pass.
    ///
    /// @param decisionMicros how long it took to decide
    record MessageDenied(Decision.Deny decision, Era era, McpMessage message, long decisionMicros) implements Refusal {
        @Override
        public String key() {
            return decision.domainsInDoubt() ? "domains_in_doubt" : "denied";
        }
    }

    /// The policy could not be evaluated.
    ///
    /// @param message what was asked about; empty when it was the connection
    record Undecided(String reason, Optional<Asked> message) implements Refusal {
        @Override
        public String key() {
            return "undecided";
        }
    }

    /// A message and its era.
    record Asked(Era era, McpMessage message) {}

    /// No more exchanges can be recorded, so no more are begun.
    record NotRecordable() implements Refusal {
        @Override
        public String key() {
            return "not_recordable";
        }
    }

    /// As many exchanges are in flight as may be.
    record Overloaded() implements Refusal {
        @Override
        public String key() {
            return "overloaded";
        }
    }

    /// The caller holds as many streams open as one may.
    ///
    /// @param id the request that waits for an answer
    record TooManyStreams(Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "too_many_streams";
        }
    }

    /// The upstream gave no answer that could be passed on.
    ///
    /// @param id the request that waits for an answer
    record UpstreamFailed(Failure failure, Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "upstream_" + failure.name().toLowerCase(Locale.ROOT);
        }
    }

    /// In what way an upstream failed.
    enum Failure {
        /// The route leads to the sandbox, and there is none.
        NOT_CONFIGURED,
        /// Its address is one the gateway does not connect to.
        FORBIDDEN_ADDRESS,
        UNREACHABLE,
        /// As many connections to it are open as may be.
        BUSY,
        TOO_SLOW,
        /// It hung up before its answer was whole.
        BROKE_OFF,
        /// Its answer is not what the protocol allows.
        GARBAGE,
        /// It wants a credential, and the gateway has none for it.
        CREDENTIAL_MISSING,
        /// It, or its token endpoint, refused the gateway's credential.
        CREDENTIAL_REFUSED,
        /// The gateway's credential is for other upstreams.
        CREDENTIAL_FORBIDDEN,
        /// The gateway has a credential, and cannot make use of it at this moment.
        CREDENTIAL_UNAVAILABLE
    }

    /// Cut off by the kill switch, or by a rule about connections, while it was running.
    record CutOff(Decision.Deny decision, Optional<RequestId> id) implements Refusal {
        @Override
        public String key() {
            return "cut_off";
        }
    }

    /// A call that was cut off by a kill of its tool while it was running.
    record CallCutOff(Decision.Deny decision, Era era, McpMessage message) implements Refusal {
        @Override
        public String key() {
            return "cut_off";
        }
    }

    /// A fault of this program.
    record InternalFault() implements Refusal {
        @Override
        public String key() {
            return "internal_fault";
        }
    }
}
