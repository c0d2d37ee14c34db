package dev.portcullis.proxy.audit;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// A tool call's record with the parts that a test cares about.
record RecordForTest(
        UUID id, String tool, Optional<String> era, String decision, List<String> rules, Optional<String> arguments) {
    static RecordForTest create() {
        return new RecordForTest(
                UUID.randomUUID(), "list_entities", Optional.of("legacy"), "allowed", List.of(), Optional.of("{}"));
    }

    RecordForTest id(UUID other) {
        return new RecordForTest(other, tool, era, decision, rules, arguments);
    }

    RecordForTest tool(String other) {
        return new RecordForTest(id, other, era, decision, rules, arguments);
    }

    RecordForTest era(String other) {
        return new RecordForTest(id, tool, Optional.of(other), decision, rules, arguments);
    }

    RecordForTest decision(String other) {
        return new RecordForTest(id, tool, era, other, rules, arguments);
    }

    RecordForTest arguments(String other) {
        return new RecordForTest(id, tool, era, decision, rules, Optional.of(other));
    }

    AuditRecord build() {
        return at(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    /// One that ended at another time.
    AuditRecord at(Instant now) {
        return new AuditRecord(
                id,
                now.minusMillis(5),
                now,
                Optional.of("acme"),
                Optional.of("port-eu"),
                era,
                Optional.of("tools/call"),
                Optional.of(tool),
                Optional.of("read"),
                Optional.empty(),
                Optional.of("alice@acme.example"),
                Optional.of("user"),
                List.of("developers", "on \"call\""),
                Optional.of("claude-code"),
                Optional.of("2.1"),
                Optional.of(InetAddress.getLoopbackAddress()),
                Optional.of("5e55"),
                Optional.of("7"),
                decision,
                rules,
                List.of("prod-freeze"),
                OptionalLong.of(3),
                Outcome.SUCCEEDED,
                Optional.empty(),
                Optional.of("POST"),
                OptionalInt.of(200),
                OptionalInt.of(200),
                120,
                3_400,
                OptionalLong.of(85),
                5_000,
                arguments,
                Optional.of("sha256:00"),
                Optional.empty(),
                Optional.of("Alice"),
                Optional.of(true),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }
}
