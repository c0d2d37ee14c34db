package dev.portcullis.console.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a writer believes the state to be: entity tags, one of which must still be current, or nothing
/// at all.
///
/// @param tags opaque tags as [#draftTag] and [#versionTag] make them; empty when the writer does not
///     care
public record Expectation(Set<String> tags) {
    private static final Pattern ENTITY_TAG = Pattern.compile("\"([^\"]*)\"");

    public Expectation {
        tags = Set.copyOf(tags);
    }

    public static Expectation none() {
        return new Expectation(Set.of());
    }

    /// What `If-Match` expects; a missing one, and `*`, expect nothing in particular.
    public static Expectation ofIfMatch(Optional<String> ifMatch) {
        return ifMatch.filter(value -> !value.strip().equals("*"))
                .map(value -> ENTITY_TAG
                        .matcher(value)
                        .results()
                        .map((MatchResult tag) -> tag.group(1))
                        .collect(Collectors.toSet()))
                .map(tags -> new Expectation(tags.isEmpty() ? Set.of("unreadable") : tags))
                .orElseGet(Expectation::none);
    }

    public static Expectation of(String tag) {
        return new Expectation(Set.of(tag));
    }

    public static String draftTag(long revision) {
        return "draft-" + revision;
    }

    public static String versionTag(long version) {
        return "version-" + version;
    }

    /// @throws StalePolicyException when something is expected and nothing of it is current
    public void check(String... current) {
        if (!tags.isEmpty() && Arrays.stream(current).noneMatch(tags::contains)) {
            throw new StalePolicyException(List.of(current));
        }
    }
}
