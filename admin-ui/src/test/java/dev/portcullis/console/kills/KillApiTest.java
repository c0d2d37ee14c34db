package dev.portcullis.console.kills;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

class KillApiTest {
    private final RunningConsole console = RunningConsole.shared();

    @Test
    void killIsEngagedReleasedAndRecorded() {
        // When
        var engaged = console.post(
                "/api/v1/kills",
                "{\"scope\": {\"organization\": true}, \"reason\": \"leak\", \"message\": \"Ask us\"}");

        // Then
        assertThat(engaged.statusCode()).isEqualTo(201);
        var id = RunningConsole.json(engaged).path("id").asString();
        assertThat(console.get("/api/v1/kills").body()).contains(id);
        assertThat(console.events("kill.engaged")).isNotEmpty();

        // When
        var released = console.send(
                console.request("/api/v1/kills/" + id + "?reason=all+clear").DELETE());

        // Then
        assertThat(released.statusCode()).isEqualTo(204);
        assertThat(released.body()).isEmpty();
        assertThat(console.get("/api/v1/kills").body()).doesNotContain(id);
        assertThat(console.get("/api/v1/kills?all=true").body())
                .contains(id, "\"releasedBy\":\"token:first\"", "\"releaseReason\":\"all clear\"");
        assertThat(console.eventDetails(id))
                .containsExactly(
                        "kill.engaged {after=engaged, before=not engaged, reason=leak, scope=everything}",
                        "kill.released {after=released, before=engaged by token:first at "
                                + OffsetDateTime.parse(RunningConsole.json(engaged)
                                        .path("engagedAt")
                                        .asString())
                                + ": leak, reason=all clear, scope=everything}");

        // When it is released again
        var again = console.send(console.request("/api/v1/kills/" + id).DELETE());

        // Then
        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(console.eventDetails(id)).hasSize(2);
    }

    @Test
    void everyPartOfAKillComesBack() {
        // When
        var engaged = console.post("/api/v1/kills", """
                {"scope": {"groups": ["contractors"], "callers": ["key:*"], "clients": ["c"], "routes": ["r"], "tools": ["t"]},
                 "exempt": {"groups": ["on-call"]}, "reason": "leak", "until": "2100-01-01T01:00:00+01:00"}""");

        // Then
        assertThat(engaged.statusCode()).isEqualTo(201);
        var kill = RunningConsole.json(engaged);
        assertThat(kill.path("scope").toString())
                .isEqualTo("{\"routes\":[\"r\"],\"groups\":[\"contractors\"],\"callers\":[\"key:*\"],"
                        + "\"clients\":[\"c\"],\"tools\":[\"t\"]}");
        assertThat(kill.path("exempt").toString()).isEqualTo("{\"groups\":[\"on-call\"]}");
        assertThat(kill.path("until").asString()).isEqualTo("2100-01-01T00:00:00Z");
        release(kill.path("id").asString());
    }

    @Test
    void secondKillOfTheSameScopeIsToldAndReleasedForItself() {
        // Given
        var first = engage("{\"scope\": {\"tools\": [\"same\"]}, \"reason\": \"one\"}");

        // When
        var second = engage("{\"scope\": {\"tools\": [\"same\"]}, \"reason\": \"two\"}");

        // Then
        assertThat(first.has("sameScope")).isFalse();
        assertThat(second.path("sameScope").toString())
                .isEqualTo("[\"" + first.path("id").asString() + "\"]");

        // When
        release(first.path("id").asString());

        // Then
        assertThat(console.get("/api/v1/kills").body())
                .contains(second.path("id").asString())
                .doesNotContain(first.path("id").asString());
        release(second.path("id").asString());
    }

    @Test
    void storedKillOfANewerVersionIsShownAsItIsObeyed() {
        // Given
        var id = UUID.randomUUID();
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(KILLS)
                .set(KILLS.ID, id)
                .set(KILLS.SCOPE, JSONB.valueOf("{\"planets\": [\"mars\"]}"))
                .set(KILLS.REASON, "from the future")
                .set(KILLS.ENGAGED_BY, "somebody")
                .execute();

        // Then
        assertThat(console.get("/api/v1/kills").body())
                .contains("{\"id\":\"" + id + "\",\"scope\":{\"organization\":true}");
        release(id.toString());
    }

    @Test
    void replicaShowsTheKillsItObeys() {
        // Given
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        var now = OffsetDateTime.now(ZoneOffset.UTC);
        sql.insertInto(REPLICAS)
                .set(REPLICAS.REPLICA, "gateway-1")
                .set(REPLICAS.POLICY_VERSION, 7L)
                .set(REPLICAS.STARTED_AT, now)
                .set(REPLICAS.HEARTBEAT_AT, now)
                .execute();
        var id = RunningConsole.json(console.post(
                        "/api/v1/kills", "{\"scope\": {\"tools\": [\"run_action\"]}, \"reason\": \"test\"}"))
                .path("id")
                .asString();
        sql.insertInto(KILL_ACKNOWLEDGEMENTS)
                .set(KILL_ACKNOWLEDGEMENTS.KILL, UUID.fromString(id))
                .set(KILL_ACKNOWLEDGEMENTS.REPLICA, "gateway-1")
                .set(KILL_ACKNOWLEDGEMENTS.CALLS_CUT, 2)
                .set(KILL_ACKNOWLEDGEMENTS.STREAMS_CUT, 3)
                .execute();
        sql.insertInto(REPLICAS)
                .set(REPLICAS.REPLICA, "gateway-2")
                .set(REPLICAS.STARTED_AT, now)
                .set(REPLICAS.HEARTBEAT_AT, now)
                .execute();

        // When
        var kills = RunningConsole.json(console.get("/api/v1/kills"))
                .path("items")
                .valueStream()
                .filter(kill -> kill.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
        var replicas = RunningConsole.json(console.get("/api/v1/replicas"));

        // Then
        assertThat(kills.at("/acknowledgements/0/callsCut").asInt()).isEqualTo(2);
        assertThat(kills.at("/acknowledgements/0/streamsCut").asInt()).isEqualTo(3);
        assertThat(kills.path("waitingFor").toString()).isEqualTo("[\"gateway-2\"]");
        assertThat(replicas.at("/items/0/replica").asString()).isEqualTo("gateway-1");
        assertThat(replicas.at("/items/0/policyVersion").asLong()).isEqualTo(7);
        assertThat(replicas.at("/items/0/kills/0/id").asString()).isEqualTo(id);
        assertThat(replicas.at("/items/0/kills/0/obeyedAt").asString()).isNotEmpty();
        console.send(console.request("/api/v1/kills/" + id).DELETE());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scope\": {\"organization\": true}}",
                "{\"scope\": {\"organization\": true}, \"reason\": \" \"}",
                "{\"scope\": {}, \"reason\": \"x\"}",
                "{\"scope\": {\"organization\": false}, \"reason\": \"x\"}",
                "{\"scope\": {\"planets\": [\"mars\"]}, \"reason\": \"x\"}",
                "{\"scope\": {\"callers\": [\"ada\"]}, \"reason\": \"x\"}",
                "{\"scope\": {\"groups\": [\" dev\"]}, \"reason\": \"x\"}",
                "{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"exempt\": {}}",
                "{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"untill\": \"2100-01-01T00:00:00Z\"}",
                "{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"until\": \"tomorrow\"}",
                "{\"scope\": {\"tools\": []}, \"reason\": \"x\"}",
                "{\"scope\": {\"tools\": \"run_action\"}, \"reason\": \"x\"}",
                "{\"scope\": {\"organization\": true}, \"reason\": \"x\", \"until\": \"2020-01-01T00:00:00Z\"}",
                "{"
            })
    void whatReplicasWouldNotObeyIsRefused(String body) {
        assertThat(console.post("/api/v1/kills", body).statusCode()).isEqualTo(400);
    }

    @Test
    void unknownKillIsNotFound() {
        var response = console.send(
                console.request("/api/v1/kills/" + UUID.randomUUID()).DELETE());

        assertThat(response.statusCode()).isEqualTo(404);
    }

    private tools.jackson.databind.JsonNode engage(String order) {
        var answer = console.post("/api/v1/kills", order);
        assertThat(answer.statusCode()).isEqualTo(201);
        return RunningConsole.json(answer);
    }

    private void release(String id) {
        assertThat(console.send(console.request("/api/v1/kills/" + id).DELETE()).statusCode())
                .isEqualTo(204);
    }
}
