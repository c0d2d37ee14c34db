package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Port's servers have two names each, and whoever means one means the other.
class AliasSenseTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            port    | [mcp.port.io]                               | 0 | mcp.getport.io
            port    | [MCP.GetPort.io.]                           | 0 | mcp.port.io
            port    | [x.example, mcp.us.port.io]                 | 1 | mcp.us.getport.io
            port    | [mcp.port.io, mcp.getport.io, mcp.us.getport.io] | 2 | mcp.us.port.io
            port    | [mcp.port.io, mcp.us.getport.io, mcp.us.port.io] | 0 | mcp.getport.io
            port    | [mcp.port.io, mcp.getport.io]               |   |
            port    | [x.example, port.io, api.port.io]           |   |
            port    | []                                          |   |
            generic | [mcp.port.io]                               |   |
            """)
    void routeThatAnswersToOneNameAloneIsNamed(String profile, String hosts, Integer entry, String suggestion) {
        // When
        var warnings = warnings("""
                routes:
                  eu: {upstream: sandbox, profile: %s, hosts: %s}
                rules: []
                """.formatted(profile, hosts));

        // Then
        assertThat(warnings).hasSize(entry == null ? 0 : 1).allSatisfy(warning -> {
            assertThat(warning.path()).isEqualTo("/routes/eu/hosts/" + entry);
            assertThat(warning.line()).isEqualTo(4);
            assertThat(warning.suggestion()).contains(suggestion);
        });
    }

    @Test
    void nameThatAnotherRouteAnswersToIsNotMissed() {
        assertThat(warnings("""
                routes:
                  eu: {upstream: sandbox, profile: port, hosts: [mcp.port.io]}
                  too: {upstream: sandbox, profile: port, hosts: [mcp.getport.io]}
                rules: []
                """)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [mcp.port.io]                               | 0 | mcp.getport.io
            [mcp.us.getport.io, x.example]              | 0 | mcp.us.port.io
            [x.example, mcp.port.io, mcp.getport.io, mcp.us.port.io] | 3 | mcp.us.getport.io
            [port.io, "*.port.io"]                      | 1 | *.getport.io
            [us.port.io, "*.us.port.io"]                | 1 | *.us.getport.io
            [port.io, "*.port.io", mcp.getport.io, us.getport.io] | 1 | *.getport.io
            """)
    void listWithOneNameOfAServerIsNamed(String domains, int entry, String suggestion) {
        for (var restriction : List.of("allowedDomains", "blockedDomains")) {
            // When
            var warnings = warnings(restriction, domains);

            // Then
            assertThat(warnings).singleElement().satisfies(warning -> {
                assertThat(warning.path()).isEqualTo("/rules/0/" + restriction + "/" + entry);
                assertThat(warning.expected()).contains("other name of the same server");
                assertThat(warning.suggestion()).isEqualTo(Optional.of(suggestion));
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [mcp.port.io, mcp.getport.io]
            [port.io, "*.port.io", mcp.getport.io, mcp.us.getport.io]
            [port.io, "*.port.io", getport.io, "*.getport.io"]
            ["*.io"]
            [port.io, api.port.io, xmcp.port.io]
            """)
    void listsWithBothNamesAreInNoDoubt(String domains) {
        for (var restriction : List.of("allowedDomains", "blockedDomains")) {
            assertThat(warnings(restriction, domains)).isEmpty();
        }
    }

    @Test
    @Tag("slow")
    void listThatRepeatsOneNameIsLookedThroughOnce() {
        // Given
        var domains = "[" + String.join(", ", Collections.nCopies(80_000, "mcp.port.io")) + "]";

        // Then
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(warnings("blockedDomains", domains)).hasSize(500));
    }

    private static List<DocumentProblem> warnings(String restriction, String domains) {
        return warnings("routes: {s: {upstream: sandbox}}\nrules: [{id: a, " + restriction + ": " + domains + "}]\n");
    }

    private static List<DocumentProblem> warnings(String rest) {
        return switch (DocumentReader.read("apiVersion: portcullis/v1\norganization: acme\n" + rest)) {
            case ReadResult.Valid valid -> valid.warnings();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
