package dev.portcullis.proxy.jsonrpc;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads JSON in the one way that no other reader can understand differently.
///
/// Valid UTF-8 only, no byte order mark, one value and nothing behind it, no object with the same key
/// twice, no key with U+0000 or half a surrogate pair, a bounded depth. Numbers keep their digits.
/// Threads may share an instance.
///
/// Why so strict: a gateway that reads a message differently from the server behind it checks one call
/// and lets another run (CVE-2026-27896 is one of several).
public final class StrictJson {
    private final ObjectReader reader;

    /// @param maxDepth how deep objects and arrays may nest
    public StrictJson(int maxDepth) {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(400)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.reader = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .reader();
        // The first reading prepares what all others use, and whoever comes meanwhile waits for it under a
        // lock: not on event loops.
        var _ = reader.readTree("0");
    }

    /// Reads one value from the wire, which may hold no half of a surrogate pair at all: readers
    /// replace it with different characters, and then compare different strings.
    ///
    /// @throws NotStrictJson when `bytes` are anything else, with a reason fit for the sender
    public JsonNode read(byte[] bytes) throws NotStrictJson {
        var text = text(bytes);
        var value = read(text);
        // Valid UTF-8 cannot hold one, so only an escape can.
        if (text.contains("\\u")) {
            checkStrings(value);
        }
        return value;
    }

    /// Reads one value.
    ///
    /// @throws NotStrictJson when `text` is anything else
    public JsonNode read(String text) throws NotStrictJson {
        if (!text.isEmpty() && text.charAt(0) == '\uFEFF') {
            throw new NotStrictJson("it begins with a byte order mark");
        }
        try {
            var value = reader.readTree(text);
            if (value.isMissingNode()) {
                throw new NotStrictJson("it is empty");
            }
            checkKeys(value);
            return value;
        } catch (StreamConstraintsException e) {
            throw new NotStrictJson("it is nested too deep or a number in it is too long");
        } catch (JacksonException e) {
            throw new NotStrictJson(reason(e));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new NotStrictJson("a number in it is too large");
        }
    }

    private static String text(byte[] bytes) throws NotStrictJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotStrictJson("it is not valid UTF-8");
        }
    }

    private static void checkKeys(JsonNode node) throws NotStrictJson {
        if (node.isObject()) {
            for (var property : node.properties()) {
                checkKey(property.getKey());
                checkKeys(property.getValue());
            }
        } else if (node.isArray()) {
            for (var element : node) {
                checkKeys(element);
            }
        }
    }

    private static void checkStrings(JsonNode node) throws NotStrictJson {
        if (node.isString() && hasLoneSurrogate(node.asString())) {
            throw new NotStrictJson("a string contains half a surrogate pair");
        }
        for (var inner : node) {
            checkStrings(inner);
        }
    }

    private static void checkKey(String key) throws NotStrictJson {
        if (key.indexOf('\0') >= 0) {
            throw new NotStrictJson("a key contains U+0000");
        }
        if (hasLoneSurrogate(key)) {
            throw new NotStrictJson("a key contains half a surrogate pair");
        }
    }

    /// Whether `text` holds half of a surrogate pair, which cannot be written as UTF-8.
    public static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /// Jackson's message names the place and may quote the text; a sender is told the kind of fault and
    /// the place only.
    private static String reason(JacksonException e) {
        var message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        var kind = message.contains("Duplicate")
                ? "an object has the same key twice"
                : message.contains("railing") ? "there is more text behind the value" : "it is not well-formed";
        var at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? kind
                : kind + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    /// Text that is not JSON as read here.
    public static final class NotStrictJson extends Exception {
        NotStrictJson(String reason) {
            super(reason, null, false, false);
        }

        /// What is wrong, as the end of a sentence about the text.
        public String reason() {
            return String.valueOf(getMessage());
        }
    }
}
