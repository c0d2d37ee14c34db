package dev.portcullis.proxy.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class SseDecoderTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyLineEndIsUnderstood(String end) throws Exception {
        var events = decode("id: 1" + end + "data: a" + end + "data: b" + end + end + "data: c" + end + end);
        assertThat(events).extracting(SseEvent::data).containsExactly(Optional.of("a\nb"), Optional.of("c"));
    }

    @Test
    void mixedLineEndsCannotHideAnEvent() throws Exception {
        var events = decode("data: a\r\ndata: b\n\r\ndata: c\r\r");
        assertThat(events).extracting(SseEvent::data).containsExactly(Optional.of("a\nb"), Optional.of("c"));
    }

    @Test
    void everySplitGivesTheSameEvents() throws Exception {
        var bytes = "\uFEFFevent: message\r\ndata: {\"ü\":1}\r\n\r\n: ping\n\ndata\ndata:x\n\n"
                .getBytes(StandardCharsets.UTF_8);
        var whole = decode(new String(bytes, StandardCharsets.UTF_8));
        for (int cut = 0; cut <= bytes.length; cut++) {
            var decoder = new SseDecoder(1000);
            var events = new ArrayList<>(decoder.decode(java.util.Arrays.copyOfRange(bytes, 0, cut)));
            events.addAll(decoder.decode(java.util.Arrays.copyOfRange(bytes, cut, bytes.length)));
            assertThat(events).isEqualTo(whole);
        }
        assertThat(whole)
                .extracting(SseEvent::data)
                .containsExactly(Optional.of("{\"ü\":1}"), Optional.empty(), Optional.of("\nx"));
    }

    @Test
    void incompleteEventIsNotGivenOut() throws Exception {
        assertThat(decode("data: a\n")).isEmpty();
        assertThat(decode("data: a")).isEmpty();
    }

    @Test
    void fieldsAroundTheDataAreKept() throws Exception {
        var event = decode("id: 7\nretry: 100\ndata: old\nevent: message\n\n").getFirst();
        assertThat(new String(event.withData("new").encoded(), StandardCharsets.UTF_8))
                .isEqualTo("id: 7\nretry: 100\nevent: message\ndata: new\n\n");
        assertThat(event.hasId()).isTrue();
    }

    @Test
    void primingEventPassesUnchanged() throws Exception {
        var event = decode("id: 1\ndata:\n\n").getFirst();
        assertThat(new String(event.encoded(), StandardCharsets.UTF_8)).isEqualTo("id: 1\ndata:\n\n");
        assertThat(event.data()).contains("");
    }

    @Test
    void tooLargeEventEndsTheStream() {
        var decoder = new SseDecoder(10);
        assertThatThrownBy(() -> decoder.decode("data: 0123456789".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SseDecoder.NotAnEventStream.class);
    }

    private static List<SseEvent> decode(String text) throws SseDecoder.NotAnEventStream {
        return new SseDecoder(1000).decode(text.getBytes(StandardCharsets.UTF_8));
    }
}
