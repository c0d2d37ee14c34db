package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tools of Port's connectors appear without notice, so a route to Port should pin them.
class UnpinnedRouteTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://mcp.port.io/v1         | port    | {id: a, readOnly: true}                               | true
            https://mcp.us.getport.io/v1   | port    | {id: a, readOnly: true}                               | true
            https://mcp.port.io/v1         | port    | {id: a, mode: observe, pinnedTools: true}             | true
            https://mcp.port.io/v1         | port    | {id: a, match: {routes: [other]}, pinnedTools: true}  | true
            https://mcp.port.io/v1         | port    | {id: a, pinnedTools: true}                            | false
            https://mcp.port.io/v1         | port    | {id: a, match: {routes: ["ex*"]}, pinnedTools: true}  | false
            https://mcp.port.io/v1         | generic | {id: a, readOnly: true}                               | false
            https://transport.io/v1        | port    | {id: a, readOnly: true}                               | false
            sandbox                        | port    | {id: a, readOnly: true}                               | false
            """)
    void routeToPortShouldBePinned(String upstream, String profile, String rule, boolean warned) {
        // When
        var read = DocumentReader.read("""
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  example: {upstream: "%s", profile: %s}
                  other: {upstream: sandbox}
                rules:
                  - %s
                """.formatted(upstream, profile, rule));

        // Then
        var warnings = ((ReadResult.Valid) read)
                .warnings().stream()
                        .filter(warning -> warning.expected().contains("pinnedTools"))
                        .toList();
        assertThat(warnings).hasSize(warned ? 1 : 0);
        assertThat(warnings).allMatch(warning -> warning.path().equals("/routes/example") && warning.line() == 4);
    }
}
