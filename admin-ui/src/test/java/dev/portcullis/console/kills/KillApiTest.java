package dev.portcullis.console.kills;

import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static dev.portcullis.database.gateway.Tables.REPLICAS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
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
        var released = console.send(console.request("/api/v1/kills/" + id).DELETE());

        // Then
        assertThat(released.statusCode()).isEqualTo(204);
        assertThat(released.body()).isEmpty();
        assertThat(console.get("/api/v1/kills").body()).doesNotContain(id);
        assertThat(console.get("/api/v1/kills?all=true").body()).contains(id, "\"releasedBy\":\"token:first\"");
        assertThat(console.events("kill.released")).isNotEmpty();
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
                .execute();

        // When
        var replicas = RunningConsole.json(console.get("/api/v1/replicas"));

        // Then
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
                "{\"scope\": {\"groups\": [\"developers\"]}, \"reason\": \"x\"}",
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
}
