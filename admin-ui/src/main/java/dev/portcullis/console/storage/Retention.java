package dev.portcullis.console.storage;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How long records are kept after they began; absent means for ever.
///
/// @param usual for all that have no term of their own, and for records of no organization
/// @param organizations for those that have one
public record Retention(Optional<Duration> usual, Map<String, Optional<Duration>> organizations) {
    public static final Duration SHORTEST = Duration.ofDays(1);

    public Retention {
        organizations = Map.copyOf(organizations);
        Stream.concat(Stream.of(usual), organizations.values().stream())
                .flatMap(Optional::stream)
                .filter(term -> term.compareTo(SHORTEST) < 0)
                .findFirst()
                .ifPresent(term -> {
                    throw new IllegalArgumentException("retention: " + term + " (expected: at least 1d)");
                });
    }

    public static Retention forEver() {
        return new Retention(Optional.empty(), Map.of());
    }

    /// Whether all of this may be dropped.
    ///
    /// @param ends before which all of it began
    /// @param owners the organizations that have records in it; an absent one stands for records of none
    public boolean isOver(OffsetDateTime ends, Collection<Optional<String>> owners, OffsetDateTime now) {
        return owners.stream().map(this::term).allMatch(term -> isOver(term, ends, now));
    }

    /// Whether this may be dropped if nobody but those with the shortest term has records in it. When it may
    /// not, it does not matter whose they are.
    public boolean mayBeOver(OffsetDateTime ends, OffsetDateTime now) {
        return terms().anyMatch(term -> isOver(term, ends, now));
    }

    /// Whether it matters whose records there are.
    public boolean differs() {
        return terms().distinct().count() > 1;
    }

    private Stream<Optional<Duration>> terms() {
        return Stream.concat(Stream.of(usual), organizations.values().stream());
    }

    private Optional<Duration> term(Optional<String> owner) {
        return owner.map(organizations::get).orElse(usual);
    }

    private static boolean isOver(Optional<Duration> term, OffsetDateTime ends, OffsetDateTime now) {
        return term.map(kept -> !ends.plus(kept).isAfter(now)).orElse(false);
    }
}
