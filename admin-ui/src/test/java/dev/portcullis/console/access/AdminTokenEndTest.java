package dev.portcullis.console.access;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Tokens with an end: who sets and changes it, and what happens then.
class AdminTokenEndTest {
    private static final OffsetDateTime IN_A_WEEK = inDays(7);
    private static final OffsetDateTime IN_A_MONTH = inDays(30);

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void tokenPastItsEndIsRefusedAndStaysSo() {
        // Given
        var made = create("short-lived", "\"VIEWER\"", IN_A_WEEK.toString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var token = RunningConsole.json(made).path("token").asString();
        assertThat(status(token)).isEqualTo(200);

        // When
        end("short-lived");

        // Then
        assertThat(status(token)).isEqualTo(401);
        assertThat(console.eventDetails("short-lived"))
                .contains("admin_token.created {expiresAt=" + IN_A_WEEK.toInstant() + ", roles=VIEWER}")
                .last()
                .isEqualTo("admin_token.failed {address=127.0.0.1, times=1}");
        var id = listed("?ends=ended", "short-lived").path("id").asString();
        var revived = changeEnd(id, "{\"expiresAt\": \"" + IN_A_MONTH + "\"}");
        assertThat(revived.statusCode()).isEqualTo(409);
        assertThat(revived.body()).contains("has ended");
        assertThat(status(token)).isEqualTo(401);

        // Then its name is free
        assertThat(create("short-lived", "\"VIEWER\"", IN_A_WEEK.toString()).statusCode())
                .isEqualTo(201);
    }

    @Test
    void endIsChangedAndTakenAwayWithBeforeAndAfter() {
        // Given
        create("extended", "\"VIEWER\"", IN_A_WEEK.toString());
        var id = listed("?ends=expiring", "extended").path("id").asString();

        // When
        var changed = changeEnd(id, "{\"expiresAt\": \"" + IN_A_MONTH + "\", \"revision\": 1}");
        var late = changeEnd(id, "{\"expiresAt\": \"" + IN_A_WEEK + "\", \"revision\": 1}");
        var removed = console.send(console.request("/api/v1/admin-tokens/" + id + "/end?revision=2")
                .DELETE());

        // Then
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(OffsetDateTime.parse(
                        RunningConsole.json(changed).path("expiresAt").asString()))
                .isEqualTo(IN_A_MONTH);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("was changed meanwhile");
        assertThat(removed.statusCode()).isEqualTo(200);
        assertThat(RunningConsole.json(removed).has("expiresAt")).isFalse();
        assertThat(console.eventDetails("extended"))
                .contains(
                        "admin_token.changed {after=" + IN_A_MONTH.toInstant() + ", before=" + IN_A_WEEK.toInstant()
                                + "}",
                        "admin_token.changed {after=no end, before=" + IN_A_MONTH.toInstant() + "}");
    }

    @Test
    void adminWhoIsNoAuditorDoesNotProlongATokenOfAuditors() {
        // Given
        create("of-auditors", "\"AUDITOR\"", IN_A_WEEK.toString());
        var path =
                "/api/v1/admin-tokens/" + listed("", "of-auditors").path("id").asString() + "/end";
        var admin = console.tokenWith(Roles.ADMIN);

        // When
        var longer = put(admin, path, IN_A_MONTH);
        var shorter = put(admin, path, inDays(1));

        // Then
        assertThat(longer).isEqualTo(403);
        assertThat(shorter).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "soon"})
    void wrongEndIsRefused(String end) {
        var refused = create("wrong-end", "\"VIEWER\"", end);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("expiresAt");
    }

    @Test
    void endThatIsLeftOutTakesNothingAway() {
        create("kept-end", "\"VIEWER\"", IN_A_WEEK.toString());
        var id = listed("", "kept-end").path("id").asString();

        assertThat(changeEnd(id, "{\"expires\": \"" + IN_A_MONTH + "\"}").statusCode())
                .isEqualTo(400);
        assertThat(listed("?ends=expiring", "kept-end").isMissingNode()).isFalse();
        assertThat(console.get("/api/v1/admin-tokens?ends=never").statusCode()).isEqualTo(400);
        assertThat(changeEnd("00000000-0000-0000-0000-000000000000", "{\"expiresAt\": \"" + IN_A_MONTH + "\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    private static OffsetDateTime inDays(int days) {
        return OffsetDateTime.now(ZoneOffset.UTC).plusDays(days).withNano(0);
    }

    private HttpResponse<String> create(String name, String roles, String end) {
        return console.post(
                "/api/v1/admin-tokens",
                "{\"name\": \"%s\", \"roles\": [%s], \"expiresAt\": \"%s\"}".formatted(name, roles, end));
    }

    private HttpResponse<String> changeEnd(String id, String body) {
        return console.send("PUT", "/api/v1/admin-tokens/" + id + "/end", "application/json", body);
    }

    private int put(String token, String path, OffsetDateTime end) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"expiresAt\": \"" + end + "\"}")))
                .statusCode();
    }

    private JsonNode listed(String query, String name) {
        return RunningConsole.json(console.get("/api/v1/admin-tokens" + query))
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private int status(String token) {
        return console.getAs(token, "/api/v1/policy/draft").statusCode();
    }

    /// Time passes.
    private void end(String name) {
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .update(ADMIN_TOKENS)
                .set(ADMIN_TOKENS.EXPIRES_AT, OffsetDateTime.now(ZoneOffset.UTC).minusSeconds(2))
                .where(ADMIN_TOKENS.NAME.eq(name))
                .execute();
    }
}
