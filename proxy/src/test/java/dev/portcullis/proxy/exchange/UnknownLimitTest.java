package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.Permit;
import dev.portcullis.policy.PolicyDecisionPoint;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Route;
import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;
import dev.portcullis.proxy.identity.Caller;
import dev.portcullis.proxy.limit.CallLimits;
import dev.portcullis.proxy.sync.Database;
import dev.portcullis.proxy.sync.PolicySnapshot;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A decision that counts a call against a limit which the document in force does not have, as an engine elsewhere may
/// say that has another document.
class UnknownLimitTest {
    private static final PolicyDecisionPoint ELSEWHERE = input -> Eventual.now(new Decision.Allow(
            7,
            new Decision.Obligations(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new Decision.LimitClaim("unheard-of", "enforce", Optional.empty()))),
            Set.of(),
            List.of()));
    private static final PolicySnapshot POLICY =
            new PolicySnapshot(7, new PolicyDocument("acme", Map.of(), List.of(), Map.of()), List.of(), ELSEWHERE);

    @Test
    void limitThatNobodyKnowsIsUndecided() {
        try (var limits = CallLimits.start(
                new CallLimitSettings(CallLimitSettings.Store.LOCAL, Duration.ofSeconds(1), 1, 1),
                new Database(new DatabaseSettings("jdbc:postgresql://localhost/none", "none", new Secret("none"))),
                outcome -> {})) {

            // When
            var step = new LimitStep(limits).pay(decided(), Counted.nothing(), Runnable::run);

            // Then
            assertThat(step)
                    .isInstanceOfSatisfying(
                            Step.Refused.class,
                            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Undecided.class));
        }
    }

    private static Stage.Decided decided() {
        var received = new Stage.Received(
                new ExchangeId(new UUID(0x7000, 1)),
                Instant.EPOCH,
                "POST",
                "/mcp/open",
                new HeaderFields(List.of()),
                new Peer(InetAddress.getLoopbackAddress(), "http", Optional.empty(), Optional.empty()));
        var route = new Route("open", new Route.Upstream.Sandbox(), "generic", Route.Authentication.OPEN);
        var routed = new Stage.Routed(
                new Stage.Screened(received, Verb.POST, new Endpoint("open", Optional.empty(), false)),
                route,
                URI.create("http://127.0.0.1:1/"),
                POLICY);
        var connection = PolicyQuestions.connection(routed, new Caller.Anonymous(), Optional.empty());
        var call =
                connection.withQuestion(new Question.ToolCall("tools/call", ListedTool.unseen("list_entities"), "{}"));
        var identified = new Stage.Identified(
                routed,
                new Caller.Anonymous(),
                new SessionClaim.None(),
                Optional.empty(),
                connection,
                permit(connection),
                0);
        return new Stage.Decided(identified, Optional.empty(), call, permit(call), 0);
    }

    private static Permit permit(PolicyInput input) {
        return PolicyGate.ask(ELSEWHERE, input, Runnable::run)
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
