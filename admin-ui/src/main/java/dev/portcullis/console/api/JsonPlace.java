package dev.portcullis.console.api;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A value in the body of a request, and where it stands. Whatever is not as expected is a
/// [BadRequestException] that names the place.
public final class JsonPlace {
    private static final int LONGEST_SHOWN = 60;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String path;
    private final JsonNode node;

    private JsonPlace(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /// The whole body.
    public static JsonPlace of(byte[] body) {
        try {
            return new JsonPlace("", JSON.readTree(body));
        } catch (JacksonException e) {
            throw new BadRequestException("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    /// The same when it is an object with no other keys than these.
    public JsonPlace withKeys(Set<String> keys) {
        if (!node.isObject()) {
            throw wrong("an object");
        }
        for (var key : node.propertyNames()) {
            if (!keys.contains(key)) {
                throw new BadRequestException(path + "/" + key + ": unknown (expected: one of "
                        + String.join(", ", keys.stream().sorted().toList()) + ")");
            }
        }
        return this;
    }

    /// What stands under a key; empty when there is nothing, or null.
    public Optional<JsonPlace> get(String key) {
        return Optional.ofNullable(node.get(key))
                .filter(value -> !value.isNull())
                .map(value -> new JsonPlace(path + "/" + key, value));
    }

    /// @throws BadRequestException when there is nothing
    public JsonPlace required(String key, String expected) {
        return get(key).orElseThrow(
                        () -> new BadRequestException(path + "/" + key + ": missing (expected: " + expected + ")"));
    }

    /// What stands under each key of an object, in its order.
    ///
    /// @param expected what it has to be
    public Map<String, JsonPlace> entries(String expected) {
        if (!node.isObject()) {
            throw wrong(expected);
        }
        var places = new LinkedHashMap<String, JsonPlace>();
        node.forEachEntry((key, value) -> places.put(key, new JsonPlace(path + "/" + key, value)));
        return places;
    }

    public JsonNode node() {
        return node;
    }

    public String text() {
        if (!node.isString()) {
            throw wrong("a text");
        }
        return node.stringValue();
    }

    public boolean flag() {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    public int number(int least, int most) {
        if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
            throw wrong("a number, " + least + " to " + most);
        }
        return node.intValue();
    }

    public List<String> texts() {
        return list("a list of texts").stream().map(JsonPlace::text).toList();
    }

    /// The entries of a list.
    public List<JsonPlace> list(String expected) {
        if (!node.isArray()) {
            throw wrong(expected);
        }
        var places = new ArrayList<JsonPlace>();
        for (var i = 0; i < node.size(); i++) {
            places.add(new JsonPlace(path + "/" + i, node.get(i)));
        }
        return places;
    }

    public Instant time() {
        try {
            return OffsetDateTime.parse(text()).toInstant();
        } catch (DateTimeException e) {
            throw wrong("a time with its zone, such as 2026-11-30T18:00:00Z");
        }
    }

    /// One of these words.
    public String oneOf(List<String> words) {
        if (!node.isString() || !words.contains(node.stringValue())) {
            throw wrong(String.join(" or ", words));
        }
        return node.stringValue();
    }

    public BadRequestException wrong(String expected) {
        var shown = node.toString();
        return new BadRequestException((path.isEmpty() ? "the body" : path) + ": "
                + (shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown) + " (expected: "
                + expected + ")");
    }
}
