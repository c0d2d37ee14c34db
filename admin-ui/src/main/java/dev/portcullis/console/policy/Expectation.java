package dev.portcullis.console.policy;

import java.util.Arrays;
import java.util.Set;

/// What a writer believes the state to be: entity tags, one of which must still be current, or nothing
/// at all.
///
/// @param tags opaque tags as [#draftTag] and [#versionTag] make them; empty when the writer does not
///     care
public record Expectation(Set<String> tags) {
    public Expectation {
        tags = Set.copyOf(tags);
    }

    public static Expectation none() {
        return new Expectation(Set.of());
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
            throw new StalePolicyException();
        }
    }
}
