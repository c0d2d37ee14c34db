package dev.portcullis.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.portcullis.proxy.sse.SseDecoder;
import dev.portcullis.proxy.sse.SseEvent;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Any bytes at all as an event stream, in any pieces.
class EventStreamFuzzTest {
    private static final int MAX_EVENT = 512;

    @FuzzTest
    void decode(byte[] stream) {
        var whole = decoded(stream, stream.length);
        for (var size : List.of(1, 2, 3, 7)) {
            assertThat(decoded(stream, size)).as("in pieces of %d", size).isEqualTo(whole);
        }
        whole.ifPresent(EventStreamFuzzTest::passedOn);
    }

    @FuzzTest
    void cut(FuzzedDataProvider input) {
        var sizes = input.consumeInts(input.consumeInt(0, 8));
        var stream = input.consumeRemainingAsBytes();
        var decoder = new SseDecoder(MAX_EVENT);
        var events = new ArrayList<SseEvent>();
        try {
            var at = 0;
            for (var size : sizes) {
                var end = at + Math.floorMod(size, stream.length - at + 1);
                events.addAll(decoder.decode(Arrays.copyOfRange(stream, at, end)));
                at = end;
            }
            events.addAll(decoder.decode(Arrays.copyOfRange(stream, at, stream.length)));
            assertThat(decoded(stream, stream.length)).contains(events);
        } catch (SseDecoder.NotAnEventStream e) {
            assertThat(decoded(stream, stream.length)).isEmpty();
        }
    }

    private static void passedOn(List<SseEvent> events) {
        var out = new ByteArrayOutputStream();
        events.forEach(event -> out.writeBytes(event.encoded()));
        assertThat(decoded(out.toByteArray(), out.size()))
                .as("what is passed on says the same again")
                .contains(events);
        var seen = events.stream().flatMap(event -> event.data().stream()).toList();
        var text = out.toString(StandardCharsets.UTF_8);
        for (var reader : LenientEventReader.EXACT_AT_LINE_ENDS) {
            assertThat(reader.data(text)).as("data, as %s sees it", reader).isEqualTo(seen);
        }
        var lines = seen.stream().flatMap(String::lines).toList();
        for (var reader : LenientEventReader.CUTTING_ELSEWHERE) {
            assertThat(reader.data(text).stream().flatMap(String::lines))
                    .as("data that only %s sees", reader)
                    .allMatch(piece -> lines.stream().anyMatch(line -> line.contains(piece)));
        }
    }

    private static Optional<List<SseEvent>> decoded(byte[] stream, int pieceSize) {
        var decoder = new SseDecoder(MAX_EVENT);
        var events = new ArrayList<SseEvent>();
        try {
            for (int at = 0; at < stream.length; at += pieceSize) {
                events.addAll(decoder.decode(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + pieceSize))));
            }
            return Optional.of(events);
        } catch (SseDecoder.NotAnEventStream e) {
            return Optional.empty();
        }
    }
}
