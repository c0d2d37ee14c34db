package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class PointerPatternTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "$.a", "/a~2", "/a~", "/a**", "/a\n"})
    void whatIsNoPointerIsRefused(String text) {
        assertThat(PointerPattern.parse(text)).isEmpty();
        assertThatThrownBy(() -> new PointerPattern(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void segmentsAreUnescapedAndMayBeEmpty() {
        assertThat(new PointerPattern("/a~1b/*/~0x*/").segments())
                .containsExactly(
                        Optional.of(new Glob("a/b")),
                        Optional.of(new Glob("*")),
                        Optional.of(new Glob("~x*")),
                        Optional.empty());
    }
}
