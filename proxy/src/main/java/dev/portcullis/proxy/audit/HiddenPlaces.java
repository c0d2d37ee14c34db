package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Glob;
import dev.portcullis.policy.Keeping.Hiding;
import dev.portcullis.policy.Keeping.Keep;
import dev.portcullis.policy.PointerPattern;
import dev.portcullis.policy.ValueDigests;
import tools.jackson.core.JsonPointer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The places in JSON that rules hide, and what is left in each. Immutable.
final class HiddenPlaces {
    private static final HiddenPlaces NONE = new HiddenPlaces(List.of(), Optional.empty());

    private final List<Place> places;
    private final Optional<ValueDigests> digests;

    private record Place(List<Optional<Glob>> segments, Keep keep) {
        boolean isAt(JsonPointer pointer) {
            var at = pointer;
            for (var segment : segments) {
                if (at.matches() || !names(segment, key(at))) {
                    return false;
                }
                at = at.tail();
            }
            return at.matches();
        }

        private static String key(JsonPointer at) {
            return at.mayMatchElement() ? String.valueOf(at.getMatchingIndex()) : at.getMatchingProperty();
        }

        private static boolean names(Optional<Glob> segment, String key) {
            return segment.map(glob -> glob.matches(key)).orElse(key.isEmpty());
        }
    }

    private HiddenPlaces(List<Place> places, Optional<ValueDigests> digests) {
        this.places = places;
        this.digests = digests;
    }

    static HiddenPlaces none() {
        return NONE;
    }

    /// @param part the arguments' places, or the result's
    static HiddenPlaces of(List<Hiding> hidings, Function<Hiding, List<PointerPattern>> part, ValueDigests digests) {
        var places = hidings.stream()
                .flatMap(hiding ->
                        part.apply(hiding).stream().map(pattern -> new Place(pattern.segments(), hiding.keep())))
                .toList();
        return places.isEmpty() ? NONE : new HiddenPlaces(places, Optional.of(digests));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /// Whether nothing may be kept of some value.
    boolean forget() {
        return places.stream().anyMatch(place -> place.keep() == Keep.NOTHING);
    }

    /// What is left of the value there, when it is hidden: of several rules the one that leaves least wins.
    Optional<Keep> at(JsonPointer pointer) {
        return places.stream()
                .filter(place -> place.isAt(pointer))
                .map(Place::keep)
                .max(Comparator.naturalOrder());
    }

    /// What stands in the place of a value.
    String sign(Keep keep, String value) {
        return switch (keep) {
            case DIGEST ->
                digests.map(known -> "[digest " + known.ofText(value) + "]").orElse(SecretShapes.REDACTED);
            case NOTHING -> SecretShapes.REDACTED;
        };
    }
}
