package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Keeping.Hiding;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.ValueDigests;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What rules hide of a value: all of it, or what stands at some places inside of it. Immutable.
///
/// A place is whatever some server could find there: under keys that only look like those of the rule, and in
/// JSON that is given as a text, like for the conditions of rules.
final class HiddenPlaces {
    /// How the sign of a value begins of which a digest is kept.
    static final String DIGEST = "[digest ";

    private static final HiddenPlaces NONE = new HiddenPlaces(List.of(), Optional.empty());

    private final List<Place> places;
    private final Optional<ValueDigests> digests;

    /// @param way the keys from here on; none where the value itself is hidden
    private record Place(List<KeyPattern> way, Keep keep) {
        boolean isHere() {
            return way.isEmpty();
        }

        Optional<Place> under(KeyPattern.Key key) {
            return !way.isEmpty() && way.getFirst().names(key)
                    ? Optional.of(new Place(way.subList(1, way.size()), keep))
                    : Optional.empty();
        }
    }

    private HiddenPlaces(List<Place> places, Optional<ValueDigests> digests) {
        this.places = places;
        this.digests = digests;
    }

    static HiddenPlaces none() {
        return NONE;
    }

    static HiddenPlaces inArguments(List<Hiding> hidings, ValueDigests digests) {
        return of(
                hidings.stream()
                        .flatMap(hiding -> hiding.arguments().stream()
                                .map(pattern -> new Place(KeyPattern.of(pattern), hiding.keep()))),
                digests);
    }

    static HiddenPlaces inResult(List<Hiding> hidings, ValueDigests digests) {
        return of(
                hidings.stream()
                        .flatMap(hiding -> hiding.results().stream()
                                .map(KeyPattern::of)
                                .flatMap(ContentCopies::with)
                                .map(way -> new Place(way, hiding.keep()))),
                digests);
    }

    private static HiddenPlaces of(Stream<Place> places, ValueDigests digests) {
        var all = places.toList();
        return all.isEmpty() ? NONE : new HiddenPlaces(all, Optional.of(digests));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /// What is hidden of the value under a key, or at an index.
    HiddenPlaces under(String key) {
        var compared = new KeyPattern.Key(key);
        var left =
                places.stream().flatMap(place -> place.under(compared).stream()).toList();
        return left.isEmpty() ? NONE : new HiddenPlaces(left, digests);
    }

    /// What is left of the value, when all of it is hidden: of several rules, about values inside of it too, the
    /// one that leaves least wins.
    Optional<Keep> keep() {
        return places.stream().anyMatch(Place::isHere) ? least() : Optional.empty();
    }

    /// The least that is left of the value, or of something in it; empty when nothing is hidden.
    Optional<Keep> least() {
        return places.stream().map(Place::keep).max(Comparator.naturalOrder());
    }

    /// Whether nothing may be kept of the value, or of something in it.
    boolean forget() {
        return places.stream().anyMatch(place -> place.keep() == Keep.NOTHING);
    }

    /// What stands in the place of a value.
    String sign(Keep keep, String value) {
        return switch (keep) {
            case DIGEST ->
                digests.map(known -> DIGEST + known.ofText(value) + "]").orElse(SecretShapes.REDACTED);
            case NOTHING -> SecretShapes.REDACTED;
        };
    }
}
