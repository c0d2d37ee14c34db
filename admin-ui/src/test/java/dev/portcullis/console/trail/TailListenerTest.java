package dev.portcullis.console.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.toolcalls.ToolCallFilter;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.UUID;

class TailListenerTest {
    private static final UUID CHAIN = UUID.randomUUID();

    @Test
    void slowListenerIsDroppedAndHoldsNothing() throws InterruptedException {
        // Given
        var listener = new TailListener(UUID.randomUUID(), ToolCallFilter.all(), Places.beginning());

        // When
        for (var i = 0; i < 25; i++) {
            listener.offer(new Look(List.of(), Places.beginning()));
        }

        // Then
        assertThat(listener.isDropped()).isTrue();
        assertThat(listener.take(0)).isEmpty();
    }

    @Test
    void listenerThatKeepsUpIsNotDropped() throws InterruptedException {
        // Given
        var listener = new TailListener(UUID.randomUUID(), ToolCallFilter.all(), Places.beginning());

        // When
        for (var i = 0; i < 100; i++) {
            listener.offer(new Look(List.of(), Places.beginning()));
            assertThat(listener.take(0)).isPresent();
        }

        // Then
        assertThat(listener.isDropped()).isFalse();
    }

    @Test
    void placesSurviveTheirOpaqueForm() {
        var places = new Places(Map.of(CHAIN, 7L, UUID.randomUUID(), Long.MAX_VALUE));

        assertThat(Places.decode(places.encode())).contains(places);
        assertThat(Places.decode(Places.beginning().encode())).contains(Places.beginning());
        assertThat(List.of(
                        "",
                        "x",
                        "p!",
                        "pAAAA",
                        new Places(Map.of(CHAIN, 7L)).encode().substring(1)))
                .allSatisfy(text -> assertThat(Places.decode(text)).isEmpty());
    }

    @Test
    void chainsThatAreGoneAreForgotten() {
        // Given
        var gone = UUID.randomUUID();
        var places = new Places(Map.of(CHAIN, 7L, gone, 3L));

        // When
        var left = places.within(new Places(Map.of(CHAIN, 9L)));

        // Then
        assertThat(left).isEqualTo(new Places(Map.of(CHAIN, 7L)));
        assertThat(left.reach(new Places(Map.of(CHAIN, 7L)))).isTrue();
        assertThat(left.reach(new Places(Map.of(CHAIN, 8L)))).isFalse();
    }
}
