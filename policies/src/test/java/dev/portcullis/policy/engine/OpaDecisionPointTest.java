package dev.portcullis.policy.engine;

import static dev.portcullis.policy.engine.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillScope;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// Whatever an OPA server does: only its plain yes, from the version in force, is one.
@Timeout(60)
@Tag("slow")
class OpaDecisionPointTest {
    private static final PolicyDocument DOCUMENT = Inputs.document("rules: []\n");
    private static final PolicyInput CALL = Inputs.call("upsert_entity", "{}");
    private static final String YES =
            "{\"result\":{\"allow\":true,\"denials\":[],\"limits\":[],\"observed\":[],\"policyVersion\":7,\"redact\":[],\"results\":[],"
                    + "\"upstream\":{},\"visible\":[]}}";
    private static final Duration SOON = Duration.ofMillis(400);

    private final Queue<String> outcomes = new ConcurrentLinkedQueue<>();
    private ScriptedServer server;
    private OpaClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(n -> reply(200, YES));
        client = client(Duration.ofSeconds(20), 4);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void yesIsAskedForOnOneConnectionWithTokenAndInput() {
        // When
        var first = decide(CALL);
        var second = decide(CALL);

        // Then
        assertThat(first).isInstanceOf(Decision.Allow.class).isEqualTo(second);
        assertThat(first.policyVersion()).isEqualTo(7);
        assertThat(server.connectionCount()).isEqualTo(1);
        assertThat(server.requests().getFirst())
                .startsWith("POST /v1/data/portcullis/decision HTTP/1.1\r\n")
                .containsIgnoringCase("\r\nauthorization: Bearer s3cret\r\n")
                .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                .contains("{\"input\":{")
                .contains("\"name\":\"upsert_entity\"");
        assertThat(outcomes).containsExactly("answered", "answered");
        assertThat(client.health().trouble()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {}                                              | undefined | has it loaded the bundle
            200 | {"warning":{"code":"api_usage_warning"}}        | undefined | undefined
            200 | []                                              | malformed | no object
            200 | {"result":                                      | malformed | not JSON
            200 | <html>welcome to the hotel's network</html>     | malformed | not JSON
            200 | {"result":true}                                 | malformed | policyVersion
            200 | {"result":{"allow":true,"policyVersion":7}}     | malformed | denials
            200 | {"result":{"policyVersion":7,"allow":true,"allow":false}} | malformed | not JSON
            302 | {}                                              | status    | status 302
            400 | {"code":"invalid_parameter","message":"secret"} | status    | status 400 (invalid_parameter)
            401 | {"code":"Unauthorized!","message":"secret"}     | status    | status 401
            404 | nothing here                                    | status    | status 404
            500 | {"code":"internal_error","message":"secret"}    | status    | status 500 (internal_error)
            """)
    void anythingElseIsUndecided(int status, String body, String outcome, String reason) {
        // Given
        server.says(n -> reply(status, body));

        // When
        var decision = decide(CALL);

        // Then
        assertThat(decision).isInstanceOfSatisfying(Decision.Undecided.class, undecided -> {
            assertThat(undecided.policyVersion()).isEqualTo(7);
            assertThat(undecided.reason()).contains(reason).doesNotContain("secret");
        });
        assertThat(outcomes).containsExactly(outcome);
        assertThat(client.health().trouble()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'[hang up]', unreachable",
        "'HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{[hang up]', unreachable",
        "'I am no web server\r\n\r\n', unreachable"
    })
    void connectionThatBreaksIsUndecided(String answer, String outcome) {
        // Given
        server.says(n -> answer);

        // Then
        assertThat(decide(CALL)).isInstanceOf(Decision.Undecided.class);
        assertThat(outcomes).containsExactly(outcome);
    }

    @ParameterizedTest
    @CsvSource({"'...'", "'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"result\":...'"})
    void answerThatDoesNotComeInTimeIsUndecidedAndNoLongerWaitedFor(String answer) {
        // Given
        client = client(SOON, 1);
        server.says(n -> answer);

        // When
        var decision = decide(CALL);

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("within 400 ms"));
        assertThat(outcomes).containsExactly("timeout");
        await().until(() -> client.health().inFlight() == 0);
    }

    @Test
    void answerThatIsTooLargeIsUndecided() {
        // Given
        server.says(n -> reply(200, YES.replace("\"visible\":[]", "\"visible\":[\"" + "x".repeat(70_000) + "\"]")));

        // Then
        assertThat(decide(CALL)).isInstanceOf(Decision.Undecided.class);
        assertThat(outcomes).containsExactly("too_large");
    }

    @Test
    void nobodyIsThereIsUndecided() {
        // Given
        stopServer();

        // Then
        assertThat(decide(CALL)).isInstanceOf(Decision.Undecided.class);
        assertThat(outcomes).containsExactly("unreachable");
    }

    @Test
    void oneQuestionTooManyIsUndecidedAtOnce() {
        // Given
        client = client(Duration.ofSeconds(20), 2);
        server.says(n -> "...");
        var decisionPoint = point(List.of());
        var waiting =
                IntStream.range(0, 2).mapToObj(i -> decisionPoint.decide(CALL)).toList();

        // When
        var decision = join(decisionPoint.decide(CALL));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("2 questions are under way"));
        assertThat(waiting).noneMatch(one -> one.stage().toCompletableFuture().isDone());
        assertThat(outcomes).containsExactly("busy");
    }

    @Test
    void serverThatFailsTooOftenIsLeftAloneForAWhile() {
        // Given
        server.says(n -> reply(503, "{}"));
        for (var i = 0; i < 20; i++) {
            decide(CALL);
        }
        var asked = server.requests().size();

        // When
        var decision = decide(CALL);

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("too often"));
        assertThat(server.requests()).hasSize(asked);
        assertThat(client.health().givenUp()).isTrue();

        // When
        server.says(n -> reply(200, YES));

        // Then
        await().until(() -> decide(CALL) instanceof Decision.Allow);
        await().until(() ->
                decide(CALL) instanceof Decision.Allow && !client.health().givenUp());
    }

    @Test
    void answerOfAnotherVersionIsAskedForAgainUntilItIsTheOneInForce() {
        // Given
        server.says(n -> reply(200, n < 3 ? YES.replace(":7", ":6") : YES));

        // Then
        assertThat(decide(CALL)).isInstanceOf(Decision.Allow.class);
        assertThat(outcomes).containsExactly("other_version", "other_version", "answered");
    }

    @ParameterizedTest
    @CsvSource({"6", "8"})
    void answerThatStaysOfAnotherVersionIsUndecided(int version) {
        // Given
        client = client(SOON, 4);
        server.says(n -> reply(200, YES.replace(":7", ":" + version)));

        // When
        var decision = decide(CALL);

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason())
                                .isEqualTo("policy version " + version + " answered in the place of 7"));
        assertThat(server.requests()).hasSizeBetween(1, 8);
    }

    @Test
    void killIsObeyedWithoutAskingAnybody() {
        // Given
        var kill = kill(KillScope.wholeOrganization());

        // When
        var decision = point(List.of(kill)).decide(CALL);

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Eventual.Now.class,
                        now -> assertThat(now.value())
                                .isInstanceOfSatisfying(
                                        Decision.Deny.class,
                                        deny -> assertThat(deny.rules()).containsExactly("kill:" + kill.id())));
        assertThat(point(List.of(kill)).decideHere(CALL)).isPresent();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void killedToolIsHiddenFromListsOfAServerThatDoesNotKnowIt() {
        // Given
        server.says(n -> reply(200, YES.replace("\"visible\":[]", "\"visible\":[\"a\",\"b\"]")));
        var kill = kill(KillScope.of(Map.of("tools", List.of("b"))));

        // When
        var decision = join(point(List.of(kill)).decide(Inputs.ask(Inputs.list(List.of("a", "b")))));

        // Then
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Allow.class,
                        allow -> assertThat(allow.visible()).containsExactly("a"));
    }

    @Test
    void nameThatIsNotUnicodeIsUndecidedWithoutAskingAnybody() {
        assertThat(decide(Inputs.call("list_entities\ud800", "{}"))).isInstanceOf(Decision.Undecided.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void explanationWithoutAnAnswerHasAnUndecidedDecision() {
        // Given
        server.says(n -> reply(200, "{}"));

        // When
        var explanation =
                point(List.of()).explain(CALL).stage().toCompletableFuture().join();

        // Then
        assertThat(explanation.decision()).isInstanceOf(Decision.Undecided.class);
        assertThat(explanation.rules()).isEmpty();
        assertThat(server.requests().getFirst()).startsWith("POST /v1/data/portcullis/explanation ");
    }

    private Decision decide(PolicyInput input) {
        return join(point(List.of()).decide(input));
    }

    private OpaDecisionPoint point(List<Kill> kills) {
        return OpaDecisionPoint.of(client, DOCUMENT, 7, kills, 1);
    }

    private OpaClient client(Duration timeout, int connections) {
        if (client != null) {
            client.close();
        }
        return new OpaClient(
                new OpaSettings(server.url(), Optional.of("s3cret"), Optional.empty(), timeout, connections, 65_536),
                (outcome, took) -> outcomes.add(outcome));
    }

    private void stopServer() {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Decision join(Eventual<Decision> decision) {
        return decision.stage().toCompletableFuture().join();
    }

    private static Kill kill(KillScope scope) {
        return new Kill(UUID.randomUUID(), scope, "incident", Optional.empty(), Optional.empty());
    }
}
