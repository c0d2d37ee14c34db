package dev.portcullis.console.policy.store;

import dev.portcullis.console.events.AdminEvent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/// What is recorded of a change of the draft: which part, and digests of what it was and is. The texts themselves are
/// recorded when they are published.
final class DraftEvent {
    private DraftEvent() {}

    static AdminEvent of(String event, String author, long revision, String part, String before, String after) {
        return AdminEvent.of(author, event)
                .about("draft")
                .with(Map.of(
                        "revision",
                        Long.toString(revision),
                        "part",
                        part,
                        "before",
                        digest(before),
                        "after",
                        digest(after)));
    }

    private static String digest(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
