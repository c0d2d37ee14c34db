package dev.portcullis.policy.limit;

import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.document.Restriction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// One bucket of one rule: what a call pays from.
///
/// @param calls how many calls it holds when it is full, and how many come back in each `period`
/// @param subject whose it is: what kind of subject, and what identifies it
public record LimitBucket(String organization, String rule, long calls, Duration period, List<String> subject) {
    private static final String OTHERS = "others";

    public LimitBucket {
        subject = List.copyOf(subject);
        if (calls < 1) {
            throw new IllegalArgumentException("calls: " + calls + " (expected: > 0)");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period: " + period + " (expected: > 0)");
        }
    }

    /// The bucket in which a limit counts a call.
    ///
    /// Callers who are nobody in particular share one: whatever else is known of them is too easy to change.
    public static LimitBucket of(PolicyInput input, Question.ToolCall call, String rule, Restriction.Limit limit) {
        var subject = switch (limit.by()) {
            case CALLER -> Stream.concat(Stream.of("caller"), input.caller().subject().stream());
            case TOOL -> Stream.of("tool", input.route(), call.tool().name());
            case ROUTE -> Stream.of("route", input.route());
            case ORGANIZATION -> Stream.of("organization");
        };
        return new LimitBucket(
                input.organization(), rule, limit.calls(), limit.per().duration(), subject.toList());
    }

    /// The bucket that subjects share when the rule has as many buckets as it may.
    public LimitBucket ofOthers() {
        return new LimitBucket(organization, rule, calls, period, List.of(OTHERS));
    }

    /// Its name, the same everywhere: 64 hexadecimal digits. No two buckets have the same, whatever people
    /// call themselves and their tools; a rule with other terms has other buckets.
    public String key() {
        var sha = sha256();
        Stream.concat(Stream.of(organization, rule, Long.toString(calls), period.toString()), subject.stream())
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .forEach(part -> {
                    sha.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
                    sha.update(part);
                });
        return HexFormat.of().formatHex(sha.digest());
    }

    /// How many calls are left at `now` in a bucket that will be full at `fullAt` if nobody pays from it.
    public long left(Instant fullAt, Instant now) {
        var missing = Duration.between(now, fullAt);
        if (!missing.isPositive()) {
            return calls;
        }
        var spent = Math.ceil((double) missing.toNanos() * calls / period.toNanos());
        return Math.max(0, calls - (long) spent);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
