package dev.portcullis.proxy.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.proxy.binding.Seals.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealsTest {
    private static final Holder ALICE = new Holder("port-eu", "passthrough:alice");
    private final Seals seals = new Seals(new byte[Seals.KEY_BYTES]);

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "a~b", "1868a90c-7a2f", "ünï", "~~~~~~~~~~~~~~~~~~~~~~~~"})
    void whoReceivedItBringsItBack(String value) {
        var sealed = seals.seal(Kind.SESSION, ALICE, "", value);

        assertThat(sealed).startsWith(value + "~").hasSize(value.length() + 23);
        assertThat(seals.open(Kind.SESSION, ALICE, "", sealed)).contains(value);
        assertThat(seals.seal(Kind.SESSION, ALICE, "", value)).isEqualTo(sealed);
    }

    @Test
    void anotherCallerRouteKindOrContextDoesNot() {
        var sealed = seals.seal(Kind.SESSION, ALICE, "", "s");

        assertThat(seals.open(Kind.SESSION, new Holder("port-eu", "passthrough:bob"), "", sealed))
                .isEmpty();
        assertThat(seals.open(Kind.SESSION, new Holder("port-us", "passthrough:alice"), "", sealed))
                .isEmpty();
        assertThat(seals.open(Kind.TASK, ALICE, "", sealed)).isEmpty();
        assertThat(seals.open(Kind.SESSION, ALICE, "x", sealed)).isEmpty();
    }

    @Test
    void anotherKeyDoesNot() {
        var otherKey = new byte[Seals.KEY_BYTES];
        otherKey[31] = 1;

        assertThat(new Seals(otherKey).open(Kind.SESSION, ALICE, "", seals.seal(Kind.SESSION, ALICE, "", "s")))
                .isEmpty();
    }

    @Test
    void everyChangedCharacterBreaksTheSeal() {
        var sealed = seals.seal(Kind.TASK, ALICE, "", "task-7");

        for (int i = 0; i < sealed.length() - 1; i++) {
            var other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            var forged = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThat(seals.open(Kind.TASK, ALICE, "", forged)).as(forged).isEmpty();
        }
    }

    @Test
    void partsLendEachOtherNothing() {
        assertThat(seals.seal(Kind.SESSION, new Holder("ab", "c"), "", "s"))
                .isNotEqualTo(seals.seal(Kind.SESSION, new Holder("a", "bc"), "", "s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "s", "s~", "s~AAAA", "s~AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatWasNeverSealedDoesNotOpen(String text) {
        assertThat(seals.open(Kind.SESSION, ALICE, "", text)).isEmpty();
    }

    @Test
    void shortKeyIsRefused() {
        assertThatThrownBy(() -> new Seals(new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("key: 16 bytes (expected: 32)");
    }
}
