package dev.portcullis.proxy.catalog;

import dev.portcullis.policy.ListedTool;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The definitions that lists have given one tool of a route: at most [#MOST], the newest. Safe for all
/// threads.
///
/// There may be several at a time: a server may describe a tool differently to different callers.
final class KnownTool {
    static final int MOST = 8;

    /// How long after the newest sighting of the tool a definition still counts as one that callers are
    /// shown. One that no list has had since another came up has been replaced by it.
    static final Duration LIVE = Duration.ofHours(1);

    /// When there are as many as there may be, a tool gets another one this often at most, so that a server
    /// which makes up a definition for each list costs little.
    private static final Duration BETWEEN_NEW_ONES = Duration.ofMinutes(1);

    private final Map<String, KnownDefinition> definitions = new ConcurrentHashMap<>();
    private Instant lastNew = Instant.MIN;
    private volatile Instant lastTurnedAway = Instant.MIN;

    Optional<KnownDefinition> definition(String hash) {
        return Optional.ofNullable(definitions.get(hash));
    }

    Collection<KnownDefinition> definitions() {
        return List.copyOf(definitions.values());
    }

    /// Whether it may get one more now.
    synchronized boolean hasRoom(Instant now) {
        return definitions.size() < MOST || !now.isBefore(lastNew.plus(BETWEEN_NEW_ONES));
    }

    /// Adds a definition, in the place of the oldest one where there are too many.
    synchronized void add(KnownDefinition definition) {
        lastNew = definition.lastSeen().isAfter(lastNew) ? definition.lastSeen() : lastNew;
        definitions.putIfAbsent(definition.hash(), definition);
        if (definitions.size() > MOST) {
            definitions.values().stream()
                    .min(Comparator.comparing(KnownDefinition::lastSeen))
                    .ifPresent(oldest -> definitions.remove(oldest.hash()));
        }
    }

    /// A list had a definition that could not be kept: nobody can say for some time what all callers are
    /// shown.
    void turnedAway(Instant at) {
        lastTurnedAway = at;
    }

    void forget(String hash) {
        definitions.remove(hash);
    }

    /// The definition that all callers are shown; absent when they are shown different ones.
    Optional<ListedTool> agreed() {
        var all = definitions();
        var newest = all.stream().map(KnownDefinition::lastSeen).max(Comparator.naturalOrder());
        var live = all.stream()
                .filter(one -> !one.lastSeen().plus(LIVE).isBefore(newest.orElseThrow()))
                .filter(one -> all.stream().allMatch(one::outlives))
                .toList();
        var isDoubtful =
                newest.map(seen -> !lastTurnedAway.isBefore(seen.minus(LIVE))).orElse(true);
        return live.size() == 1 && !isDoubtful ? Optional.of(live.getFirst().tool()) : Optional.empty();
    }
}
