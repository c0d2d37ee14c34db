package dev.portcullis.console.replicas.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.Replica.ObeyedKill;
import dev.portcullis.console.replicas.Replica.Trail;
import dev.portcullis.console.replicas.ui.ReplicasState.Which;
import dev.portcullis.policy.KillOrder;
import dev.portcullis.policy.KillScope;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class ReplicaLineTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final OffsetDateTime TIME = NOW.atOffset(ZoneOffset.UTC);
    private static final UUID KILL = UUID.randomUUID();

    @Test
    void replicaThatBeatsAgainLooksTheSame() {
        var before = ReplicaLine.of(replica("r-1", 3, List.of(), TIME.minusSeconds(2)), 3, List.of(), NOW);
        var after = ReplicaLine.of(replica("r-1", 3, List.of(), TIME.plusSeconds(1)), 3, List.of(), NOW.plusSeconds(3));
        assertThat(after).isEqualTo(before);
        assertThat(before.isAlive()).isTrue();
        assertThat(before.isBehind()).isFalse();
        assertThat(before.records()).isEqualTo("1,200");
    }

    @Test
    void silentReplicaSaysSinceWhen() {
        var line = ReplicaLine.of(replica("r-1", 3, List.of(), TIME.minusMinutes(5)), 3, List.of(), NOW);
        assertThat(line.isAlive()).isFalse();
        assertThat(line.heard()).isEqualTo("5 min ago");
    }

    @Test
    void replicaThatHasNotAnsweredAKillDisobeys() {
        var kills = List.of(kill(Optional.empty()));
        var obeying = ReplicaLine.of(replica("r-1", 3, List.of(new ObeyedKill(KILL, TIME)), TIME), 3, kills, NOW);
        var waiting = ReplicaLine.of(replica("r-2", 3, List.of(), TIME), 3, kills, NOW);
        assertThat(obeying.kills()).isEqualTo("1 of 1");
        assertThat(obeying.disobeys()).isFalse();
        assertThat(waiting.kills()).isEqualTo("0 of 1");
        assertThat(waiting.disobeys()).isTrue();
    }

    @Test
    void killOfAnotherReplicaIsNotMeant() {
        var line = ReplicaLine.of(replica("r-1", 3, List.of(), TIME), 3, List.of(kill(Optional.of("r-2"))), NOW);
        assertThat(line.disobeys()).isFalse();
        assertThat(line.kills()).isEqualTo("None engaged");
    }

    @Test
    void filtersAreReadFromTheUrl() {
        // Given
        var behind = ReplicaLine.of(replica("EU-7", 2, List.of(), TIME), 3, List.of(), NOW);

        // When
        var state = ReplicasState.of(QueryParameters.simple(Map.of("show", "behind", "q", "eu", "page", "3")));

        // Then
        assertThat(state).isEqualTo(new ReplicasState(Which.BEHIND, Optional.of("eu"), 3));
        assertThat(state.accepts(behind)).isTrue();
        assertThat(ReplicasState.of(state.asParameters())).isEqualTo(state);
        assertThat(ReplicasState.of(QueryParameters.simple(Map.of("show", "x", "page", "-1"))))
                .isEqualTo(ReplicasState.none());
    }

    private static Replica replica(String name, long version, List<ObeyedKill> kills, OffsetDateTime heartbeat) {
        return new Replica(
                name,
                Optional.of(version),
                kills,
                TIME.minusDays(1),
                heartbeat,
                Optional.of(new Trail(1_200, 1_000, Optional.of(TIME.minusMinutes(1)))),
                Optional.of(0.25f),
                Optional.empty());
    }

    private static KillRecord kill(Optional<String> replica) {
        var order =
                new KillOrder(KillScope.wholeOrganization(), List.of(), "because", Optional.empty(), Optional.empty());
        return new KillRecord(order.kill(KILL, NOW), "ada", TIME, replica, Optional.empty(), List.of());
    }
}
