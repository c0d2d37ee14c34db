package dev.portcullis.standalone.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.sse.SseDecoder;
import dev.portcullis.proxy.sse.SseDecoder.NotAnEventStream;
import dev.portcullis.proxy.sse.SseEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What came back for one request.
///
/// @param message the JSON in it, or of an event stream the answer to the request; missing when there
///     is none
record Answer(int status, HeaderFields headers, JsonNode message) {
    /// The id of every request.
    static final int REQUEST = 1;

    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final int BUFFER = 8 * 1024;
    private static final JsonMapper JSON = new JsonMapper();

    /// Reads a body, of a stream no more than what leads up to the answer.
    static Answer of(int status, HeaderFields headers, InputStream body) throws IOException {
        var isStream = headers.first("content-type")
                .filter(type -> type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length()))
                .isPresent();
        return new Answer(
                status, headers, isStream ? streamed(body) : parsed(new String(body.readNBytes(MOST_BYTES), UTF_8)));
    }

    Optional<String> header(String name) {
        return headers.first(name);
    }

    /// The exchange's id, which every answer of the gateway has and no other.
    Optional<String> exchange() {
        return header("portcullis-exchange");
    }

    /// The gateway's own key for why it refused; empty when it did not.
    Optional<String> reason() {
        return text("/error/data/reason");
    }

    /// The rules that refused.
    List<String> rules() {
        return message.at("/error/data/rules")
                .valueStream()
                .map(rule -> rule.asString(""))
                .toList();
    }

    /// What it says of an error.
    String complaint() {
        return text("/error/message").orElse("");
    }

    /// Whether it is the upstream's, or somebody else's, word and not the gateway's.
    boolean isFromServer() {
        return reason().isEmpty();
    }

    private Optional<String> text(String pointer) {
        return Optional.of(message.at(pointer).asString("")).filter(text -> !text.isEmpty());
    }

    private static JsonNode streamed(InputStream body) throws IOException {
        var decoder = new SseDecoder(MOST_BYTES);
        var buffer = new byte[BUFFER];
        int all = 0;
        for (int read = body.read(buffer); read >= 0 && all < MOST_BYTES; read = body.read(buffer)) {
            all += read;
            for (var event : events(decoder, Arrays.copyOf(buffer, read))) {
                var message = event.data().map(Answer::parsed).orElseGet(JSON::missingNode);
                if (message.path("id").asInt(0) == REQUEST) {
                    return message;
                }
            }
        }
        return JSON.missingNode();
    }

    private static List<SseEvent> events(SseDecoder decoder, byte[] bytes) throws IOException {
        try {
            return decoder.decode(bytes);
        } catch (NotAnEventStream e) {
            throw new IOException("what came is no event stream: " + e.getMessage(), e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
