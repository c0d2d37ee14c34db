package dev.portcullis.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.UUID;

/// A canonical JSON object under construction: what is hashed and signed is the bytes of one, after a line
/// that says what it is. No two kinds of statements have the same bytes.
final class Statement {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final HexFormat HEX = HexFormat.of();

    private final TreeMap<String, String> members = new TreeMap<>();

    Statement with(String name, String value) {
        return withRaw(name, CanonicalJson.string(value));
    }

    Statement with(String name, UUID value) {
        return with(name, value.toString());
    }

    Statement with(String name, long value) {
        return withRaw(name, CanonicalJson.of(Long.toString(value)));
    }

    Statement with(String name, byte[] value) {
        return with(name, HEX.formatHex(value));
    }

    Statement with(String name, Instant value) {
        return with(name, time(value.atOffset(ZoneOffset.UTC)));
    }

    /// @param canonical JSON
    Statement withRaw(String name, String canonical) {
        members.put(name, canonical);
        return this;
    }

    String json() {
        return CanonicalJson.object(members);
    }

    /// @param kind what the statement is about, with the version of its form
    byte[] bytes(String kind) {
        return bytes(kind, json());
    }

    static byte[] bytes(String kind, String json) {
        return ("portcullis-" + kind + "\n" + json).getBytes(StandardCharsets.UTF_8);
    }

    /// A time to the microsecond, which is what PostgreSQL keeps.
    static String time(OffsetDateTime time) {
        return MICROS.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
