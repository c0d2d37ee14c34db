package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({"abcd, abcd", "ABCD, abcd", "acbd, abcd", "abd, abcd", "abxd, abcd", "badc, ", "abxy, ", "xacbd, "})
    void oneMistakeInFourLettersIsForgiven(String word, String suggestion) {
        assertThat(Suggestion.of(word, List.of("abcd")).orElse(null)).isEqualTo(suggestion);
    }

    @Test
    void twoSwapsInSixLettersAreForgiven() {
        assertThat(Suggestion.of("badcef", List.of("abcdef"))).contains("abcdef");
        assertThat(Suggestion.of("badcfe", List.of("abcdef"))).isEmpty();
    }

    @Test
    void nearestIsSuggestedAndOfTwoTheFirst() {
        assertThat(Suggestion.of("list", List.of("lists", "mist", "fist"))).contains("fist");
        assertThat(Suggestion.of("lists", List.of("list", "lists", "lisps"))).contains("lists");
    }

    @Test
    void longWordsAreNotCompared() {
        // Given
        var most = "a".repeat(64);

        // Then
        assertThat(Suggestion.of(most, List.of(most))).contains(most);
        assertThat(Suggestion.of(most + "a", List.of(most))).isEmpty();
    }
}
