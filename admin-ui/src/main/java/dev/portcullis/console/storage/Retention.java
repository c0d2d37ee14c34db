package dev.portcullis.console.storage;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How long records are kept after they began; absent means for ever.
///
/// @param usual for all that have no term of their own, and for records of no organization
/// @param organizations for those that have one
public record Retention(Optional<Duration> usual, Map<String, Optional<Duration>> organizations) {
    public static final Duration SHORTEST = Duration.ofDays(1);
    public static final Duration LONGEST = Duration.ofDays(36_500);
    public static final String FOREVER = "forever";

    /// What a term has to be, in words.
    public static final String TERM = "forever, or 1d to " + LONGEST.toDays() + "d";

    /// What the name of an organization has to be, in words.
    public static final String NAME = "the name of an organization, at most 100 printable characters";

    /// As a policy document may name its organization.
    private static final Pattern NAMES = Pattern.compile("[^\\p{Cntrl}\\s](?:[^\\p{Cntrl}]{0,98}[^\\p{Cntrl}\\s])?");

    public Retention {
        organizations = Map.copyOf(organizations);
        Stream.concat(Stream.of(usual), organizations.values().stream())
                .filter(term -> !isTerm(term))
                .findFirst()
                .ifPresent(term -> {
                    throw new IllegalArgumentException("retention: " + word(term) + " (expected: " + TERM + ")");
                });
        organizations.keySet().stream()
                .filter(name -> !isName(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("organizations: \"" + name + "\" (expected: " + NAME + ")");
                });
    }

    public static Retention forEver() {
        return new Retention(Optional.empty(), Map.of());
    }

    /// Whether records may be kept for so long.
    public static boolean isTerm(Optional<Duration> term) {
        return term.map(kept -> kept.compareTo(SHORTEST) >= 0 && kept.compareTo(LONGEST) <= 0)
                .orElse(true);
    }

    /// Whether an organization may be called so.
    public static boolean isName(String text) {
        return NAMES.matcher(text).matches();
    }

    /// Such as `400d`, or `forever`.
    public static String word(Optional<Duration> term) {
        return term.map(kept -> kept.equals(Duration.ofDays(kept.toDays())) ? kept.toDays() + "d" : kept.toString())
                .orElse(FOREVER);
    }

    /// The terms of single organizations as words, by their names.
    public Map<String, String> words() {
        var words = new TreeMap<String, String>();
        organizations.forEach((name, term) -> words.put(name, word(term)));
        return words;
    }

    /// All of it in one line, such as `400d; acme: 90d; law: forever`.
    public String describe() {
        var line = new StringBuilder(word(usual));
        words().forEach((name, word) ->
                line.append("; ").append(name).append(": ").append(word));
        return line.toString();
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

    /// Whether this may be dropped whoever has records in it.
    public boolean isOverForAll(OffsetDateTime ends, OffsetDateTime now) {
        return terms().allMatch(term -> isOver(term, ends, now));
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
