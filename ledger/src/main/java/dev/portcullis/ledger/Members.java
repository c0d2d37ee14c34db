package dev.portcullis.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The members of a JSON object that somebody else may have written; what is missing or wrong is said in a
/// sentence.
record Members(Map<String, String> values) {
    private static final HexFormat HEX = HexFormat.of();

    static Members of(String json) {
        return new Members(CanonicalJson.members(json));
    }

    String text(String name) {
        try {
            return CanonicalJson.unquoted(raw(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " (expected: a text)", e);
        }
    }

    Optional<String> optionalText(String name) {
        return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long number(String name) {
        try {
            return new BigDecimal(raw(name)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(name + " (expected: a whole number)", e);
        }
    }

    byte[] bytes(String name) {
        try {
            return HEX.parseHex(text(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " (expected: bytes in hexadecimal)", e);
        }
    }

    UUID uuid(String name) {
        try {
            return UUID.fromString(text(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " (expected: a UUID)", e);
        }
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " (expected: a time such as 2026-11-26T18:00:00.000000Z)", e);
        }
    }

    /// The canonical text of a member.
    String raw(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
