package dev.portcullis.console.policytests;

import java.time.OffsetDateTime;
import java.util.Optional;

/// A regression test of the policy: one request, and what has to be decided about it.
///
/// @param revision counts its versions
/// @param author who wrote this version
public record PolicyTest(PolicyTestCase content, long revision, String author, OffsetDateTime writtenAt) {

    public String name() {
        return content.name();
    }

    /// Why publication does not wait for it; empty when it does.
    public Optional<String> notGating() {
        return content.notGating();
    }

    /// Its entity tag.
    public String tag() {
        return tag(revision);
    }

    public static String tag(long revision) {
        return "test-" + revision;
    }
}
