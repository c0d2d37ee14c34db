package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Lists of domains and upstreams that are valid and probably not what was meant.
class DomainSenseTest {
    private static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ["*.x.org"]                         | 0 | the domain itself beside its subdomains               | x.org
            [x.org, "*.x.org", a.x.org]         | 2 | an entry that *.x.org does not cover already          |
            [x.org, "*.x.org", "*.a.x.org"]     | 2 | an entry that *.x.org does not cover already          |
            [раypal.com]                        | 0 | a name in the letters of one script, which looks like no other | paypal.com
            [xn--80ak6aa92e.com]                | 0 | a name in the letters of one script, which looks like no other | apple.com
            [gοοgle.com]                        | 0 | a name in the letters of one script, which looks like no other | google.com
            [bбb.example]                       | 0 | a name in the letters of one script, which looks like no other |
            """)
    void doubtfulEntryIsNamed(String domains, int entry, String expected, String suggestion) {
        for (var restriction : List.of("allowedDomains", "blockedDomains")) {
            // When
            var warnings = warnings("rules: [{id: a, " + restriction + ": " + domains + "}]\n");

            // Then
            assertThat(warnings).singleElement().satisfies(warning -> {
                assertThat(warning.path()).isEqualTo("/rules/0/" + restriction + "/" + entry);
                assertThat(warning.expected()).isEqualTo(expected);
                assertThat(warning.suggestion().orElse(null)).isEqualTo(suggestion);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x.org, \"*.x.org\", b.example]",
                "[\"*.example\"]",
                "[bücher.example, россия.example, 東京カフェ.example, ελλάδα.example, abc東京.example]",
                "[192.0.2.1, \"2001:db8::1\"]"
            })
    void usualListsAreInNoDoubt(String domains) {
        assertThat(warnings("rules: [{id: a, allowedDomains: " + domains + "}]\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5", "192.168.1.1", "169.254.169.254", "[fd12::1]", "[fe80::1]"})
    void upstreamInsideIsNamed(String host) {
        assertThat(warnings("routes: {a: {upstream: 'https://" + host + "/mcp'}}\nrules: []\n"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("/routes/a/upstream");
                    assertThat(warning.expected()).contains("proxy.upstreams.allowedNetworks");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9.9.9", "mcp.example", "127.0.0.1:3001", "[2606:4700::1111]"})
    void otherUpstreamIsInNoDoubt(String host) {
        assertThat(warnings("routes: {a: {upstream: 'https://" + host + "/mcp'}}\nrules: []\n"))
                .isEmpty();
    }

    @Test
    @Tag("slow")
    void longListIsLookedThroughOnce() {
        // Given
        var domains = IntStream.range(0, 100_000)
                .mapToObj(i -> "a%d.b%d.example".formatted(i, i % 100))
                .collect(Collectors.joining(", "));

        // Then
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(warnings("rules: [{id: a, blockedDomains: [" + domains + "]}]\n"))
                        .isEmpty());
    }

    private static List<DocumentProblem> warnings(String rest) {
        return switch (DocumentReader.read(
                HEAD + (rest.startsWith("routes") ? "" : "routes: {s: {upstream: sandbox}}\n") + rest)) {
            case ReadResult.Valid valid -> valid.warnings();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
