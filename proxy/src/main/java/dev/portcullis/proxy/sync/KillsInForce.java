package dev.portcullis.proxy.sync;

import dev.portcullis.policy.Kill;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which kills this replica obeys: those of the database, as it last read them, and its own.
///
/// Ends are judged anew at every look, by the replica's clock. A kill is over when the clock has reached
/// its end, and in force again when the clock is set back before it. One thread reads the database; any
/// thread may ask.
final class KillsInForce {
    private final LocalKills local;
    private volatile List<Kill> published = List.of();

    KillsInForce(LocalKills local) {
        this.local = local;
    }

    /// The database has these.
    void published(List<Kill> kills) {
        published = List.copyOf(kills);
    }

    /// Those that the database knows, which alone can be acknowledged there.
    Set<UUID> known() {
        return published.stream().map(Kill::id).collect(Collectors.toUnmodifiableSet());
    }

    List<Kill> at(Instant now) {
        var released = local.all().stream()
                .filter(kill -> !kill.isEngaged())
                .map(kill -> kill.kill().id())
                .collect(Collectors.toSet());
        var seen = new HashSet<UUID>();
        return Stream.concat(published.stream(), local.inForce().stream())
                .filter(kill -> !released.contains(kill.id()))
                .filter(kill -> !kill.isOver(now))
                .filter(kill -> seen.add(kill.id()))
                .toList();
    }
}
