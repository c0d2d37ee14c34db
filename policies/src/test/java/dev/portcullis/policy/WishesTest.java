package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class WishesTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "false"})
    void onlyZeroAndFalseMeanOff(String value) {
        assertThat(Wishes.of(List.of(value), List.of()).readOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "yes", "", " ", "off", "no", "FALSE", "00", "0,1", "null"})
    void everyOtherValueMeansOn(String value) {
        assertThat(Wishes.of(List.of(value), List.of()).readOnly()).isTrue();
    }

    @Test
    void repeatedHeaderTakesItsMostRestrictiveReading() {
        assertThat(Wishes.of(List.of("0", "1", "0"), List.of()).readOnly()).isTrue();
        assertThat(Wishes.of(List.of(), List.of("a,b,c", "b,c", "c,b")).allowedActions())
                .contains(List.of("b", "c"));
        assertThat(Wishes.of(List.of(), List.of("a", "b")).allowedActions()).contains(List.of());
    }

    @Test
    void absentIsNoWishAndEmptyIsNone() {
        assertThat(Wishes.of(List.of(), List.of())).isEqualTo(Wishes.none());
        assertThat(Wishes.of(List.of(), List.of("")).allowedActions()).contains(List.of());
        assertThat(Wishes.of(List.of(), List.of(" , \t,")).allowedActions()).contains(List.of());
    }

    @Test
    void entriesAreTrimmedOfSpacesAndTabsAndOtherwiseKept() {
        assertThat(Wishes.of(List.of(), List.of(" a ,\tb\t,c d,A, a")).allowedActions())
                .contains(List.of("a", "b", "c d", "A"));
        assertThat(Wishes.of(List.of(), List.of("\u00a0a")).allowedActions()).contains(List.of("\u00a0a"));
    }
}
