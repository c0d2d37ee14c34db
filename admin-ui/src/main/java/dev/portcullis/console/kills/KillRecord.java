package dev.portcullis.console.kills;

import dev.portcullis.policy.Kill;
import dev.portcullis.policy.KillOrder;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A kill, engaged or over.
///
/// @param kill what was ordered
/// @param replica the one replica it was engaged on, and that alone obeys it; absent for all
/// @param acknowledgements which replicas obey it, and since when
public record KillRecord(
        Kill kill,
        String engagedBy,
        OffsetDateTime engagedAt,
        Optional<String> replica,
        Optional<Release> release,
        List<Acknowledgement> acknowledgements) {
    public KillRecord {
        acknowledgements = List.copyOf(acknowledgements);
    }

    public UUID id() {
        return kill.id();
    }

    /// How it was let go on.
    public record Release(String by, OffsetDateTime at, Optional<String> reason) {}

    /// A replica's word that it obeys.
    ///
    /// @param callsCut calls in flight that ended when it did
    /// @param streamsCut open streams that ended when it did
    public record Acknowledgement(String replica, OffsetDateTime obeyedAt, int callsCut, int streamsCut) {}

    /// Whether it stops anything at this moment.
    public boolean isEngaged(Instant now) {
        return release.isEmpty() && !kill.isOver(now);
    }

    /// Whether it stops the same and lets the same groups go on.
    public boolean isSameAs(KillOrder order) {
        return replica.isEmpty()
                && kill.scope().equals(order.scope())
                && kill.exemptGroups().equals(order.exemptGroups());
    }

    /// Which of these replicas should obey it and have not said yet that they do.
    public List<String> waitingFor(List<String> alive) {
        return alive.stream()
                .filter(name -> replica.map(name::equals).orElse(true))
                .filter(name -> acknowledgements.stream()
                        .noneMatch(word -> word.replica().equals(name)))
                .toList();
    }

    /// For people: what it stops, who goes on, and where.
    public String describe() {
        return kill.scope().describe()
                + (kill.exemptGroups().isEmpty()
                        ? ""
                        : " (but groups " + String.join(", ", kill.exemptGroups()) + " go on)")
                + replica.map(name -> ", on replica " + name + " only").orElse("");
    }
}
