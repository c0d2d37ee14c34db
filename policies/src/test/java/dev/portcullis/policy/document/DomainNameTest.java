package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "x.org, x.org, false",
        "X.Org., x.org, false",
        "x.org\u3002, x.org, false",
        "b\u00fccher.example, xn--bcher-kva.example, false",
        "B\u00dcCHER.example, xn--bcher-kva.example, false",
        "localhost, localhost, false",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1., 10.0.0.1, true",
        "[::1], 0:0:0:0:0:0:0:1, true",
        "::, 0:0:0:0:0:0:0:0, true",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1, true",
        "::ffff:10.0.0.1, 10.0.0.1, true"
    })
    void hostHasOneForm(String host, String name, boolean address) {
        assertThat(DomainName.of(host)).contains(new DomainName(name, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "x..org",
                "x.org..",
                "a_b.org",
                "a b.org",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.1",
                "2130706433",
                "0x7f000001",
                "x.0x",
                "x.1.",
                "[10.0.0.1]",
                "[x.org]",
                "[::1",
                "::1]",
                "[[::1]]",
                "fe80::1%1",
                ":::",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::",
                "2001:0:1::",
                "stra\u00dfe.example",
                "a\u200db.example",
                "\u10a0.example"
            })
    void hostThatProgramsReadInDifferentWaysIsNone(String host) {
        assertThat(DomainName.of(host)).isEmpty();
    }

    @Test
    void nameHasALimit() {
        // Given
        var most = "a".repeat(61) + ("." + "b".repeat(63)).repeat(3);

        // Then
        assertThat(DomainName.of(most)).contains(new DomainName(most, false));
        assertThat(DomainName.of("a" + most)).isEmpty();
        assertThat(DomainName.of("a.\u00fc" + ("." + "b".repeat(62)).repeat(4).substring(5)))
                .isEmpty();
    }

    @Test
    void parentsAreTheDomainsAbove() {
        assertThat(DomainName.of("a.b.org").orElseThrow().parents()).isEqualTo(List.of("b.org", "org"));
        assertThat(DomainName.of("org").orElseThrow().parents()).isEmpty();
        assertThat(DomainName.of("10.0.0.1").orElseThrow().parents()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x.org, x.org, true",
        "x.org, a.x.org, false",
        "*.x.org, a.x.org, true",
        "*.x.org, a.b.x.org, true",
        "*.x.org, x.org, false",
        "*.x.org, ax.org, false",
        "x.org, y.org, false",
        "10.0.0.1, 10.0.0.1, true"
    })
    void patternNamesItsDomains(String pattern, String domain, boolean names) {
        assertThat(DomainPattern.parse(pattern)
                        .orElseThrow()
                        .names(DomainName.of(domain).orElseThrow()))
                .isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.", "*.10.0.0.1", "a.*.org", "https://x.org"})
    void whatIsNoPatternIsNotRead(String text) {
        assertThat(DomainPattern.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"' HTTPS://X.org:443/a?b#c', x.org", "*.x.org/a, *.x.org", "x.org?q, x.org"})
    void hostOfAUrlIsSuggested(String text, String pattern) {
        assertThat(DomainPattern.nearest(text).orElseThrow()).hasToString(pattern);
    }
}
