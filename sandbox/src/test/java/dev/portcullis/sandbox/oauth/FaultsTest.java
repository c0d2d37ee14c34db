package dev.portcullis.sandbox.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class FaultsTest {

    @Test
    void faultsAreReadWithTheirNumbers() {
        // When
        var faults = Faults.parse(List.of("no-registration", "token-limit=3", "short-tokens"));

        // Then
        assertThat(faults.numbers())
                .isEqualTo(Map.of(Fault.NO_REGISTRATION, 0, Fault.TOKEN_LIMIT, 3, Fault.SHORT_TOKENS, 3));
        assertThat(faults).hasToString("no-registration, token-limit=3, short-tokens=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such", "", "NO_REGISTRATION", "token-limit=", "token-limit=x", "token-limit=-1"})
    void whatIsNoFaultIsToldWithThoseThereAre(String written) {
        assertThatThrownBy(() -> Faults.parse(List.of(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(written + " is no fault (expected: issuer-mismatch, wrong-region, ")
                .hasMessageContaining("html-errors");
    }

    @Test
    void numberMustFit() {
        assertThatThrownBy(() -> Faults.parse(List.of("token-limit=0"))).hasMessageContaining("expected: 1 to");
        assertThatThrownBy(() -> Faults.parse(List.of("slow-token=1000001"))).hasMessageContaining("expected: 1 to");
        assertThatThrownBy(() -> Faults.parse(List.of("html-errors=1"))).hasMessage("html-errors takes no number");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultIsDocumented(Fault fault) throws IOException {
        var page = Files.readString(Path.of("..", "docs", "sandbox.md"));
        assertThat(page).contains("| `" + fault.synopsis() + "` | " + fault.description() + " |");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyDescriptionIsALineOfAnEightyColumnHelp(Fault fault) {
        assertThat(fault.description()).hasSizeLessThanOrEqualTo(74).endsWith(".");
    }
}
