package dev.portcullis.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.HiddenValue.Kind;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

class ValueDigestsTest {
    private static final ValueDigests DIGESTS = new ValueDigests(new byte[32]);

    @Test
    void equalValuesHaveEqualDigestsUnderOneKey() {
        // Given
        var same = new ValueDigests(new byte[32]);
        var other = new ValueDigests(new byte[] {1});

        // Then
        assertThat(same.ofText("x")).isEqualTo(DIGESTS.ofText("x"));
        assertThat(same.keyName()).isEqualTo(DIGESTS.keyName());
        assertThat(other.ofText("x")).isNotEqualTo(DIGESTS.ofText("x"));
        assertThat(other.keyName()).isNotEqualTo(DIGESTS.keyName());
    }

    @Test
    void digestsTellValuesAndTheirKindsApart() {
        assertThat(List.of(
                        DIGESTS.ofText("1"),
                        DIGESTS.ofText("2"),
                        DIGESTS.ofNumber(BigDecimal.ONE),
                        DIGESTS.ofHost("1"),
                        DIGESTS.ofText("?"),
                        DIGESTS.ofText("\ud800")))
                .doesNotHaveDuplicates()
                .allSatisfy(digest -> assertThat(digest).matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void numbersThatAreEqualHaveOneDigest() {
        assertThat(DIGESTS.ofNumber(new BigDecimal("1.50"))).isEqualTo(DIGESTS.ofNumber(new BigDecimal("15e-1")));
        assertThat(DIGESTS.ofNumber(new BigDecimal("1.5"))).isNotEqualTo(DIGESTS.ofNumber(new BigDecimal("1.6")));
    }

    @Test
    void nothingAboutTheKeyIsPrinted() {
        assertThat(DIGESTS).hasToString("[value digests]");
        assertThat(DIGESTS.keyName()).hasSize(8);
    }

    @Test
    void insideOfAHiddenValueIsNothingOrNobodyKnows() {
        assertThat(hidden(Kind.STRING).inside("b")).isEmpty();
        assertThat(hidden(Kind.NUMBER).inside("b")).isEmpty();
        for (var kind : List.of(Kind.ARRAY, Kind.OBJECT, Kind.UNKNOWN)) {
            assertThat(hidden(kind).inside("b")).contains(new HiddenValue("/a/b", Kind.UNKNOWN, Optional.empty()));
        }
        assertThat(Kind.UNKNOWN.wireName()).isEqualTo("unknown");
    }

    private static HiddenValue hidden(Kind kind) {
        return new HiddenValue("/a", kind, Optional.of("d"));
    }
}
