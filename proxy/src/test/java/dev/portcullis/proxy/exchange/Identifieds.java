package dev.portcullis.proxy.exchange;

import dev.portcullis.policy.Permit;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Requests of nobody in particular that began at the epoch, as far as their callers are known.
final class Identifieds {
    private Identifieds() {}

    static Stage.Identified by(PolicyDecisionPoint policy) {
        var received = new Stage.Received(
                new ExchangeId(new UUID(0x7000, 1)),
                Instant.EPOCH,
                "POST",
                "/mcp/open",
                new HeaderFields(List.of()),
                new Peer(InetAddress.getLoopbackAddress(), "http", Optional.empty(), Optional.empty()));
        var document = new PolicyDocument("acme", Map.of(), List.of(), Map.of());
        var routed = new Stage.Routed(
                new Stage.Screened(received, Verb.POST, new Endpoint("open", Optional.empty(), false)),
                new Route("open", new Route.Upstream.Sandbox(), "generic", Route.Authentication.OPEN),
                URI.create("http://127.0.0.1:1/"),
                new PolicySnapshot(7, document, List.of(), policy));
        var connection = PolicyQuestions.connection(routed, new Caller.Anonymous(), Optional.empty());
        return new Stage.Identified(
                routed,
                new Caller.Anonymous(),
                new SessionClaim.None(),
                Optional.empty(),
                connection,
                permit(policy, connection),
                0);
    }

    /// The permit of a policy that allows.
    static Permit permit(PolicyDecisionPoint policy, PolicyInput input) {
        return PolicyGate.ask(policy, input, Runnable::run)
                                .stage()
                                .toCompletableFuture()
                                .join()
                        instanceof PolicyGate.Answer.Admitted admitted
                ? admitted.permit()
                : fail();
    }

    private static Permit fail() {
        throw new AssertionError("always allowed");
    }
}
