package dev.portcullis.console.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/// Callers and upstreams choose names; one must not look like another.
class InvisibleTextTest {
    private static final String NAME = "cur\u200bsor \u202etxe.gpj";

    static Stream<Component> shown() {
        return Stream.of(new QuietText(NAME), new Chip(NAME, Tone.QUIET), new Facts().fact("Client", NAME));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void whatWouldNotBeSeenIsWrittenOut(Component component) {
        assertThat(component.getElement().getTextRecursively())
                .contains("cur\\u{200B}sor \\u{202E}txe.gpj")
                .doesNotContain("\u200b", "\u202e");
    }
}
