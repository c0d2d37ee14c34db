package dev.portcullis.console.credentials;

import static dev.portcullis.database.gateway.Tables.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Credentials whose secret ends: the end is kept, shown and called to attention; nothing is refused because of it.
class CredentialEndTest {
    private static final OffsetDateTime IN_A_WEEK =
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(7).withNano(0);
    private static final OffsetDateTime IN_A_YEAR = IN_A_WEEK.plusDays(358);
    private static final String NAME = "of-an-end";

    private final RunningConsole console = RunningConsole.shared();

    @AfterEach
    void remove() {
        console.send(console.request("/api/v1/credentials/" + NAME).DELETE());
    }

    @Test
    void endIsSetChangedAndTakenAway() {
        // When
        var set = set(", \"expiresAt\": \"" + IN_A_WEEK + "\"");
        var changed = changeEnd("{\"expiresAt\": \"" + IN_A_YEAR + "\", \"revision\": 1}");
        var late = changeEnd("{\"expiresAt\": \"" + IN_A_WEEK + "\", \"revision\": 1}");
        var removed = console.send(console.request("/api/v1/credentials/" + NAME + "/end?revision=2")
                .DELETE());

        // Then
        assertThat(end(set)).isEqualTo(IN_A_WEEK);
        assertThat(end(changed)).isEqualTo(IN_A_YEAR);
        assertThat(RunningConsole.json(changed).path("revision").asInt()).isEqualTo(2);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(RunningConsole.json(removed).has("expiresAt")).isFalse();
        assertThat(console.eventDetails(NAME))
                .anyMatch(event ->
                        event.startsWith("credential.set") && event.contains("expiresAt=" + IN_A_WEEK.toInstant()))
                .contains(
                        "credential.changed {after=" + IN_A_YEAR.toInstant() + ", before=" + IN_A_WEEK.toInstant()
                                + "}",
                        "credential.changed {after=no end, before=" + IN_A_YEAR.toInstant() + "}");
    }

    @Test
    void anotherSecretHasAnotherEnd() {
        // Given
        set(", \"expiresAt\": \"" + IN_A_WEEK + "\"");

        // When
        var rotated = console.send(
                "PUT", "/api/v1/credentials/" + NAME + "/secret", "application/json", "{\"secret\": \"new\"}");

        // Then
        assertThat(RunningConsole.json(rotated).has("expiresAt")).isFalse();
        assertThat(console.eventDetails(NAME))
                .last()
                .asString()
                .contains("expiresAt=no end", "expiresAtBefore=" + IN_A_WEEK.toInstant());
    }

    @Test
    void endingCredentialIsCalledToAttentionAndListed() {
        // Given
        set(", \"expiresAt\": \"" + IN_A_WEEK + "\"");

        // Then
        assertThat(attention().path("kind").asString()).isEqualTo("credential_expires");
        assertThat(attention().path("screen").asString()).isEqualTo("routes?ends=expiring");
        assertThat(console.get("/api/v1/credentials?ends=expiring").body()).contains(NAME);
        assertThat(console.get("/api/v1/credentials?ends=ended").body()).doesNotContain(NAME);

        // When
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .update(CREDENTIALS)
                .set(CREDENTIALS.EXPIRES_AT, OffsetDateTime.now(ZoneOffset.UTC).minusDays(1))
                .where(CREDENTIALS.NAME.eq(NAME))
                .execute();

        // Then
        assertThat(attention().path("kind").asString()).isEqualTo("credential_expired");
        assertThat(attention().path("screen").asString()).isEqualTo("routes?ends=ended");
        assertThat(console.get("/api/v1/credentials?ends=ended").body()).contains(NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "soon"})
    void wrongEndIsRefused(String end) {
        set("");

        assertThat(set(", \"expiresAt\": \"" + end + "\"").statusCode()).isEqualTo(400);
        assertThat(changeEnd("{\"expiresAt\": \"" + end + "\"}").statusCode()).isEqualTo(400);
        assertThat(changeEnd("{}").body()).contains("expiresAt");
        assertThat(console.get("/api/v1/credentials?ends=" + end).statusCode()).isEqualTo(400);
        assertThat(RunningConsole.json(console.get("/api/v1/credentials/" + NAME))
                        .path("revision")
                        .asInt())
                .isEqualTo(1);
    }

    private HttpResponse<String> set(String more) {
        return console.send("PUT", "/api/v1/credentials/" + NAME, "application/json", """
                {"kind": "header", "settings": {"upstreams": ["https://example.com"], "header": "X-Key"},
                 "secret": "s"%s}""".formatted(more));
    }

    private HttpResponse<String> changeEnd(String body) {
        return console.send("PUT", "/api/v1/credentials/" + NAME + "/end", "application/json", body);
    }

    private static OffsetDateTime end(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OffsetDateTime.parse(
                RunningConsole.json(answer).path("expiresAt").asString());
    }

    private JsonNode attention() {
        return RunningConsole.json(console.get("/api/v1/overview"))
                .path("attention")
                .valueStream()
                .filter(item -> item.path("sentence").asString().contains(NAME))
                .findFirst()
                .orElseThrow();
    }
}
