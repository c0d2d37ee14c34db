package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

class DocumentWarningsTest {
    private static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port}
              far: {upstream: "https://mcp.example/v1", profile: port}
            rules:
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {id: a, match: {groups: []}, deny: true}                               | /rules/0/match/groups      |
            {id: a, match: {routes: [port-ue]}, deny: true}                        | /rules/0/match/routes/0    | port-eu
            {id: a, match: {groups: [x]}, except: {groups: ["*"]}, deny: true}     | /rules/0/except            |
            {id: a, match: {groups: [x]}, except: {clients: [y]}, deny: true}      | /rules/0/except/clients    |
            {id: a, deniedTools: [lst_entities]}                                   | /rules/0/deniedTools/0     | list_entities
            {id: a, deniedTools: []}                                               | /rules/0/deniedTools       |
            {id: a, allowedNetworks: []}                                           | /rules/0/allowedNetworks   |
            {id: a, match: {routes: [port-eu]}, blockedDomains: []}                | /rules/0/blockedDomains    |
            {id: a, match: {routes: [port-eu]}, allowedDomains: []}                | /rules/0/allowedDomains    |
            {id: a, allowedDomains: [x.org]}                                       | /rules/0/allowedDomains    |
            {id: a, blockedDomains: ["*.example"]}                                 | /rules/0/blockedDomains    |
            {id: a, match: {uris: ["*"], tools: ["*"]}, deny: true}                | /rules/0/match/uris        |
            {id: a, match: {uris: [b]}, except: {uris: ["*"]}, deny: true}         | /rules/0/except            |
            """)
    void doubtfulRuleIsNamedAndDoesNotBlock(String rule, String path, String suggestion) {
        // When
        var warnings = warnings(HEAD + "  - " + rule + "\n");

        // Then
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo(path);
            assertThat(warning.line()).isEqualTo(7);
            assertThat(warning.suggestion()).isEqualTo(Optional.ofNullable(suggestion));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {id: a, readOnly: true}                            | {id: b, match: {groups: [x]}, readOnly: true}   | /rules/1
            {id: a, match: {groups: [x]}, readOnly: true}      | {id: b, readOnly: true}                         | /rules/0
            {id: a, readOnly: true}                            | {id: b, readOnly: true}                         | /rules/1
            {id: a, match: {tools: ["*"]}, deny: true}         | {id: b, match: {tools: [run_action]}, deny: true} | /rules/1
            """)
    void ruleThatAnotherOneMakesPointlessIsNamed(String first, String second, String path) {
        // When
        var warnings = warnings(HEAD + "  - " + first + "\n  - " + second + "\n");

        // Then
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.path()).isEqualTo(path));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {id: a, mode: observe, deny: true}                 | {id: b, readOnly: true}
            {id: a, readOnly: true, except: {groups: [x]}}     | {id: b, match: {groups: [y]}, readOnly: true}
            {id: a, match: {routes: ["port-*"]}, deny: true}   | {id: b, deniedTools: ["delete_*", run_action]}
            {id: a, match: {uris: ["docs://*"]}, deny: true}   | {id: b, match: {methods: ["resources/*"]}, deny: true}
            {id: a, blockedDomains: [example, x.org]}          | {id: b, allowedDomains: ["*.example", mcp.example]}
            """)
    void soundRulesGiveNoWarning(String first, String second) {
        assertThat(warnings(HEAD + "  - " + first + "\n  - " + second + "\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {upstream: "http://mcp.example/v1"}                                         | 1
            {upstream: "http://mcp.example/v1", authentication: gateway, credential: c} | 1
            {upstream: "http://mcp.example/v1", authentication: gateway}                | 0
            {upstream: "http://127.0.0.1:7/v1"}                                         | 0
            {upstream: "https://mcp.example/v1"}                                        | 0
            """)
    void credentialsThatTravelInClearAreNamed(String route, int count) {
        // When
        var warnings = warnings(HEAD.replace("rules:\n", "  r: " + route + "\nrules: []\n"));

        // Then
        assertThat(warnings)
                .hasSize(count)
                .allSatisfy(warning -> assertThat(warning.path()).isEqualTo("/routes/r/upstream"));
    }

    private static List<DocumentProblem> warnings(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.warnings();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
