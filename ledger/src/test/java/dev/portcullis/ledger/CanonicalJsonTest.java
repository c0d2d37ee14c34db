package dev.portcullis.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @Test
    void spacesOrderAndEscapesDoNotMatter() {
        assertThat(CanonicalJson.of("{ \"b\" : [ 1 , true , null ] , \"a\" : \"\\u00e9\\/\\u0001\\n\" }"))
                .isEqualTo("{\"a\":\"é/\\u0001\\n\",\"b\":[1,true,null]}");
    }

    @Test
    void lastOfMembersWithOneNameCountsAsInPostgres() {
        assertThat(CanonicalJson.of("{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":2}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "-0.0e7, 0",
        "1, 1",
        "-17, -17",
        "10, 1E1",
        "1000, 1E3",
        "1e3, 1E3",
        "1.0, 1",
        "1.50, 15E-1",
        "0.10, 1E-1",
        "123456789012345678901, 123456789012345678901",
        "1e-7, 1E-7"
    })
    void numberIsItsDigitsAndExponent(String written, String canonical) {
        assertThat(CanonicalJson.of(written)).isEqualTo(canonical);
    }

    @Test
    void largeIntegersThatDifferStayDifferent() {
        assertThat(CanonicalJson.of("9007199254740993")).isNotEqualTo(CanonicalJson.of("9007199254740992"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "nul", "[1,]", "\"a"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> CanonicalJson.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
