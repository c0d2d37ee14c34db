package dev.portcullis.console.replicas.ui;

import dev.portcullis.console.components.Moments;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.Replica.ObeyedKill;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What is shown of a replica. It changes only when something is to be seen, so that a screen of many is sent again
/// only in part.
///
/// @param heard when, as far as that says something: of a replica that lives it is always just now
record ReplicaLine(
        String name,
        boolean isAlive,
        String heard,
        String version,
        boolean isBehind,
        String kills,
        String obeyed,
        boolean disobeys,
        String records,
        String signed,
        String room,
        String started) {

    static ReplicaLine of(Replica replica, long inForce, List<KillRecord> engaged, Instant now) {
        var version = replica.policyVersion().orElse(0L);
        var isAlive = replica.isAlive(now);
        var meant = engaged.stream()
                .filter(kill -> kill.replica().map(replica.replica()::equals).orElse(true))
                .toList();
        var missing = meant.stream()
                .filter(kill -> replica.kills().stream().map(ObeyedKill::id).noneMatch(kill.id()::equals))
                .count();
        return new ReplicaLine(
                replica.replica(),
                isAlive,
                isAlive ? "just now" : Moments.ago(replica.heartbeatAt(), now),
                version == 0 ? "none" : "version " + version,
                version != inForce,
                meant.isEmpty() ? "None engaged" : meant.size() - missing + " of " + meant.size(),
                replica.kills().stream()
                        .map(ObeyedKill::obeyedAt)
                        .max(Comparator.naturalOrder())
                        .filter(_ -> !meant.isEmpty())
                        .map(time -> "since " + Moments.exact(time))
                        .orElse(""),
                isAlive && missing > 0,
                replica.trail()
                        .map(trail -> String.format(Locale.ROOT, "%,d", trail.records()))
                        .orElse("None"),
                replica.trail()
                        .map(trail -> trail.signedAt()
                                .map(time -> String.format(Locale.ROOT, "%,d signed, ", trail.signed())
                                        + Moments.toTheSecond(time))
                                .orElse("none signed yet"))
                        .orElse(""),
                replica.trailFill()
                        .map(fill -> "%d %% of the room taken".formatted(Math.round(fill * 100)))
                        .orElse(""),
                Moments.toTheSecond(replica.startedAt()));
    }
}
