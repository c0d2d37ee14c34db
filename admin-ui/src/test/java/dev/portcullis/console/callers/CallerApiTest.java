package dev.portcullis.console.callers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.callers.store.CallerRollup;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/// Callers and sessions over the REST API, rolled up by the console from records as replicas write them.
class CallerApiTest {
    private static final OffsetDateTime NOW =
            OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);

    private final RunningConsole console = RunningConsole.shared();
    private final DSLContext sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
    private final UUID chain = UUID.randomUUID();
    private String name = "corp:" + UUID.randomUUID();
    private long sequence;

    @Test
    void callerIsKnownByWhatItDid() {
        // Given
        record("tools/call", null, null, NOW.minusDays(2), "old-client", "10.0.0.1");
        record("tools/call", "refused", "throttled", NOW.minusHours(1), "claude-code", "10.0.0.2");
        record("tools/list", null, null, NOW, "claude-code", "10.0.0.2");

        // When
        var found = caller();

        // Then
        assertThat(found.path("kind").asString()).isEqualTo("bearer");
        assertThat(found.path("name").asString()).isEqualTo("Ada");
        assertThat(found.path("groups").toString()).isEqualTo("[\"developers\",\"eu\"]");
        assertThat(at(found, "firstSeenAt")).isEqualTo(NOW.minusDays(2));
        assertThat(at(found, "lastSeenAt")).isEqualTo(NOW);
        assertThat(found.path("requests").asInt()).isEqualTo(3);
        assertThat(found.path("toolCalls").asInt()).isEqualTo(2);
        assertThat(found.path("refused").asInt()).isEqualTo(1);
        assertThat(found.path("clients")
                        .valueStream()
                        .map(one -> one.path("value").asString()))
                .containsExactly("claude-code 2.1", "old-client 2.1");
        assertThat(found.path("addresses")
                        .valueStream()
                        .map(one -> one.path("requests").asInt()))
                .containsExactly(2, 1);
        assertThat(found.path("routes")
                        .valueStream()
                        .map(one -> one.path("value").asString()))
                .containsExactly("port-eu");
    }

    @Test
    void recordsThatComeLaterCountOnce() {
        // Given
        record("tools/call", null, null, NOW, "c", "10.0.0.1");
        var first = caller();
        assertThat(first.path("requests").asInt()).isEqualTo(1);

        // When
        record("tools/call", null, null, NOW.minusMinutes(1), "c", "10.0.0.1");

        // Then
        var other = new CallerRollup(console.database().dataSource());
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            other.advance();
            return caller().path("requests").asInt() == 2;
        });
        other.advance();
        assertThat(caller().path("requests").asInt()).isEqualTo(2);
        assertThat(at(caller(), "lastSeenAt")).isEqualTo(NOW);
        assertThat(caller().path("id").asString()).isEqualTo(first.path("id").asString());
    }

    @Test
    void sessionsOfACallerAreListedUntilTheyEnd() {
        // Given
        var used = session("tools/call", "POST", null, null, NOW);
        var quiet = session("tools/call", "POST", null, null, NOW.minusHours(2));
        var ended = session("tools/call", "POST", null, null, NOW.minusMinutes(1));
        session(ended, null, "DELETE", null, null, NOW);
        session("tools/call", "POST", "refused", "not_yours_session", NOW);

        // When
        var found = json(console.get("/api/v1/callers/" + caller().path("id").asString()));

        // Then
        assertThat(found.path("sessions").valueStream())
                .extracting(one ->
                        one.path("session").asString() + " " + one.path("state").asString())
                .containsExactlyInAnyOrder(used + " active", quiet + " quiet", ended + " ended");
        var active = json(console.get(
                "/api/v1/sessions?active=true&caller=" + found.path("id").asString()));
        assertThat(active.path("items").valueStream())
                .extracting(one -> one.path("session").asString())
                .containsExactly(used);
    }

    @Test
    void sessionThatTwoCallersUseBelongsToTheFirst() {
        // Given both of them in what is rolled up at once
        var second = "corp:" + UUID.randomUUID();
        var digest = UUID.randomUUID().toString().replace("-", "");
        sql.transaction(transaction -> {
            transaction.dsl().fetch("select pg_advisory_xact_lock(hashtext('portcullis.callers'))");
            session(digest, "tools/call", "POST", null, null, NOW.minusMinutes(2));
            as(second, () -> session(digest, "tools/call", "POST", null, null, NOW.minusMinutes(1)));
        });

        // When
        var found = json(console.get("/api/v1/callers/" + caller().path("id").asString()));

        // Then
        assertThat(found.path("sessions").valueStream())
                .extracting(one -> one.path("session").asString())
                .containsExactly(digest);
        var other = json(console.get("/api/v1/callers?text=" + encoded(second))).at("/items/0/id");
        assertThat(json(console.get("/api/v1/callers/" + other.asString()))
                        .path("sessions")
                        .size())
                .isZero();
    }

    @Test
    void revokedSessionIsShownAsSuchUntilItIsLifted() {
        // Given
        var session = session("tools/call", "POST", null, null, NOW);
        var id = caller().path("id").asString();

        // When
        var revoked = revoke("session", session);
        var again = revoke("session", session);

        // Then
        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(201);
        assertThat(json(again).path("id")).isEqualTo(json(revoked).path("id"));
        assertThat(state(id)).isEqualTo("revoked");
        assertThat(Duration.between(at(json(revoked), "revokedAt"), at(json(revoked), "endsAt")))
                .isEqualTo(Duration.ofDays(30));

        // When
        var lifted = console.send(
                "DELETE",
                "/api/v1/revocations/" + json(revoked).path("id").asString() + "?reason=mistake",
                "text/plain",
                "");

        // Then
        assertThat(lifted.statusCode()).isEqualTo(204);
        assertThat(state(id)).isEqualTo("active");
        assertThat(console.eventDetails(session))
                .hasSize(2)
                .satisfiesExactly(
                        made -> assertThat(made)
                                .startsWith("revocation.made")
                                .contains("before=not revoked", "after=revoked until", "reason=stolen"),
                        over -> assertThat(over)
                                .startsWith("revocation.lifted")
                                .contains("before=revoked by token:first", "after=lifted", "reason=mistake"));
    }

    @Test
    void grantMayBeRevokedAgainForWhatWasIssuedMeanwhile() {
        var first = json(revoke("grant", name));
        var second = json(revoke("grant", name));

        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        assertThat(at(second, "revokedAt")).isAfter(at(first, "revokedAt"));
        assertThat(console.get("/api/v1/revocations?limit=500").body()).contains(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"kind": "key", "subject": "x", "reason": "r"}                   | kind: (expected: session or grant)
            {"kind": "session", "subject": "S-1", "reason": "r"}             | subject: (expected: the digest of a session
            {"kind": "grant", "subject": "key:ci", "reason": "r"}            | subject: (expected: a caller that signs in
            {"kind": "grant", "subject": "anonymous", "reason": "r"}         | subject: (expected: a caller that signs in
            {"kind": "grant", "subject": "corp:ada", "reason": " "}          | reason: (expected: 1 to 500 characters)
            """)
    void whatIsWrongIsNamed(String body, String detail) {
        var refused = console.post("/api/v1/revocations", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).path("detail").asString()).startsWith(detail);
    }

    @Test
    void viewerReadsAndTakesNothingBack() {
        // Given
        var viewer = console.tokenWith("VIEWER");

        // When
        var taken = console.send(java.net.http.HttpRequest.newBuilder(console.uri("/api/v1/revocations"))
                .header("Authorization", "Bearer " + viewer)
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"kind\": \"grant\", \"subject\": \"corp:x\", \"reason\": \"r\"}")));

        // Then
        assertThat(taken.statusCode()).isEqualTo(403);
        assertThat(console.getAs(viewer, "/api/v1/callers").statusCode()).isEqualTo(200);
        assertThat(console.getAs(viewer, "/api/v1/sessions").statusCode()).isEqualTo(200);
        assertThat(console.getAs(viewer, "/api/v1/revocations").statusCode()).isEqualTo(200);
    }

    @Test
    void callersArePagedAndFiltered() {
        // Given
        record("tools/call", null, null, NOW.plusDays(1), "claude-code", "10.0.0.1");
        caller();

        // When
        var first = json(console.get("/api/v1/callers?limit=1"));
        var filtered =
                json(console.get("/api/v1/callers?client=CLAUDE&route=port-eu&kind=bearer&text=" + encoded(name)));
        var elsewhere = json(console.get("/api/v1/callers?route=nowhere&text=" + encoded(name)));

        // Then
        assertThat(first.path("items").size()).isEqualTo(1);
        assertThat(filtered.path("items").size()).isEqualTo(1);
        assertThat(elsewhere.path("items").size()).isZero();
        assertThat(console.get("/api/v1/callers?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/v1/sessions?cursor=nonsense").statusCode()).isEqualTo(400);
        assertThat(console.get("/api/v1/callers/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    /// Records what another caller does.
    private void as(String caller, Runnable work) {
        var own = name;
        name = caller;
        try {
            work.run();
        } finally {
            name = own;
        }
    }

    private JsonNode caller() {
        var found = new JsonNode[1];
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    found[0] = json(console.get("/api/v1/callers?text=" + encoded(name)))
                            .at("/items/0");
                    return found[0].isObject();
                });
        return found[0];
    }

    private String state(String caller) {
        return json(console.get("/api/v1/callers/" + caller))
                .at("/sessions/0/state")
                .asString();
    }

    private HttpResponse<String> revoke(String kind, String subject) {
        return console.post(
                "/api/v1/revocations",
                "{\"kind\": \"%s\", \"subject\": \"%s\", \"reason\": \"stolen\"}".formatted(kind, subject));
    }

    private void record(
            String method, String outcome, String refusal, OffsetDateTime at, String client, String address) {
        record(method, "POST", outcome, refusal, at, client, address, null);
    }

    private String session(String method, String verb, String outcome, String refusal, OffsetDateTime at) {
        var digest = UUID.randomUUID().toString().replace("-", "");
        session(digest, method, verb, outcome, refusal, at);
        return digest;
    }

    private void session(String digest, String method, String verb, String outcome, String refusal, OffsetDateTime at) {
        record(method, verb, outcome, refusal, at, "claude-code", "10.0.0.1", digest);
    }

    private void record(
            String method,
            String verb,
            String outcome,
            String refusal,
            OffsetDateTime at,
            String client,
            String address,
            String session) {
        sql.execute(
                """
                insert into audit.exchanges (id, occurred_at, replica, route, era, method, caller, caller_kind,
                    caller_name, caller_verified, caller_groups, client_name, client_version, client_address,
                    session_hash, decision, outcome, refusal, http_method, http_status, chain, sequence, hash)
                values (gen_random_uuid(), ?::timestamptz, 'replica-1', 'port-eu', 'legacy', ?, ?, 'bearer', 'Ada', true,
                    '{developers,eu}', ?, '2.1', ?::inet, ?, ?, ?, ?, ?, 200, ?::uuid, ?, ?)""",
                at,
                method,
                name,
                client,
                address,
                session,
                refusal == null ? "allowed" : "none",
                outcome == null ? "succeeded" : outcome,
                refusal,
                verb,
                chain,
                ++sequence,
                new byte[32]);
    }

    private static OffsetDateTime at(JsonNode node, String key) {
        return OffsetDateTime.parse(node.path(key).asString()).withOffsetSameInstant(ZoneOffset.UTC);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return RunningConsole.json(response);
    }
}
