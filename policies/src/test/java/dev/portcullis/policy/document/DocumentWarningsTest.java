package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
            {id: a, match: {prompts: [b], tools: ["*"]}, deny: true}               | /rules/0/match/prompts     |
            {id: a, match: {methods: [ping], classes: [read]}, deny: true}         | /rules/0/match/methods     |
            {id: a, match: {time: {days: []}}, deny: true}                         | /rules/0/match/time/days   |
            {id: a, match: {methods: [ping]}, allowedActions: [b]}                 | /rules/0/allowedActions    |
            {id: a, match: {prompts: [b]}, limit: {calls: 1, per: day, by: caller}} | /rules/0/limit            |
            {id: a, match: {tools: [run_action]}, deniedTools: [list_entities]}    | /rules/0/deniedTools       |
            {id: a, match: {tools: [run_action]}, allowedTools: ["run_*"]}         | /rules/0/allowedTools      |
            {id: a, match: {tools: ["upsret_*"]}, deny: true}                      | /rules/0/match/tools/0     |
            {id: a, match: {tools: ["run_*"]}, deniedTools: [list_entities, get_entity]} | /rules/0/deniedTools |
            {id: a, match: {groups: [x]}, except: {groups: []}, deny: true}        | /rules/0/except/groups     |
            {id: a, match: {routes: ["f*"]}, allowedDomains: [x.org]}              | /rules/0/allowedDomains    |
            {id: a, except: {arguments: {/a: {matches: ^x}}}, deny: true}          | /rules/0/except/arguments/~1a/matches | ^^x$
            {id: a, except: {arguments: {/a: {matches: x$}}}, deny: true}          | /rules/0/except/arguments/~1a/matches | ^x$$
            {id: a, match: {tools: [run_action]}, except: {arguments: {/a~1b: {matches: x}}}, deny: true} | /rules/0/except/arguments/~1a~01b/matches | ^x$
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
            {id: a, match: {groups: [x, y]}, deny: true}       | {id: b, match: {groups: [x]}, readOnly: true}   | /rules/1
            {id: a, match: {tools: [run_action]}, allowedActions: [p]} | {id: b, match: {tools: [run_action], groups: [x]}, allowedActions: [p, q]} | /rules/1
            {id: a, deniedTools: ["upsert_*"]}                 | {id: b, deniedTools: [upsert_entity]}           | /rules/1
            {id: a, allowedNetworks: [10.0.0.0/16]}            | {id: b, allowedNetworks: [10.0.0.0/8]}          | /rules/1
            {id: a, match: {arguments: {/e: [p]}}, deny: true} | {id: b, match: {arguments: {/e: [p], /f: [q]}}, deny: true} | /rules/1
            {id: a, allowedTools: [run_action]}                | {id: b, allowedTools: [list_entities, "run_*"]} | /rules/1
            {id: a, allowedActions: [p]}                       | {id: b, allowedActions: [q]}                    | /rules/1/allowedActions
            {id: a, allowedTools: [run_action]}                | {id: b, allowedTools: [list_entities]}          | /rules/1/allowedTools
            {id: a, match: {groups: [x]}, allowedNetworks: [10.0.0.0/8]} | {id: b, match: {groups: [x]}, allowedNetworks: [192.0.2.0/24]} | /rules/1/allowedNetworks
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
            {id: a, blockedDomains: [example, x.org]}          | {id: b, allowedDomains: ["*.example"]}
            {id: a, allowedActions: [p, q]}                    | {id: b, match: {groups: [x]}, allowedActions: [p]}
            {id: a, mode: observe, allowedActions: [p]}        | {id: b, allowedActions: [q]}
            {id: a, allowedNetworks: [10.0.0.0/8]}             | {id: b, match: {groups: [x]}, allowedNetworks: [10.1.0.0/16]}
            {id: a, match: {time: {days: [sat]}}, deny: true}  | {id: b, match: {time: {days: [sun]}}, deny: true}
            {id: a, pinnedTools: true}                         | {id: b, limit: {calls: 1, per: day, by: caller}}
            {id: a, deniedTools: [get_entity, list_entities]}  | {id: b, deniedTools: [get_entity, run_action]}
            {id: a, allowedTools: [get_entity, list_entities]} | {id: b, allowedTools: [get_entity, run_action]}
            {id: a, allowedNetworks: [10.0.0.0/8, 192.0.2.0/24]} | {id: b, allowedNetworks: [10.1.0.0/16, 198.51.100.0/24]}
            {id: a, allowedNetworks: [10.1.0.0/16, 192.0.2.0/24]} | {id: b, allowedNetworks: [10.0.0.0/8, 198.51.100.0/24]}
            {id: a, match: {tools: [run_action]}, deniedTools: [run_action, list_entities]} | {id: b, match: {tools: [get_entity]}, deniedTools: ["get_*"]}
            {id: a, match: {tools: ["run_*"]}, deniedTools: [list_entities, run_action]} | {id: b, match: {tools: ["get_*"]}, deniedTools: ["*_entity"]}
            {id: a, match: {tools: [run_action, list_entities]}, allowedTools: ["run_*"]} | {id: b, match: {tools: [get_entity], methods: [ping, tools/call]}, deny: true}
            {id: a, except: {arguments: {/a: {matches: ^x$}}}, deny: true} | {id: b, match: {methods: [ping, "tools/*"]}, allowedActions: [p]}
            {id: a, match: {tools: [run_action]}, deny: true}  | {id: b, match: {tools: [run_action]}, redact: {arguments: [/x]}}
            {id: a, deny: true}                                | {id: b, recordResult: {maxBytes: 9}}
            """)
    void soundRulesGiveNoWarning(String first, String second) {
        assertThat(warnings(HEAD + "  - " + first + "\n  - " + second + "\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact: {arguments: [/a]}", "recordResult: {maxBytes: 9}"})
    void ruleAboutRecordsThatOnlyWatchesIsNamed(String restriction) {
        assertThat(warnings(HEAD + "  - {id: a, mode: observe, " + restriction + "}\n"))
                .singleElement()
                .satisfies(warning -> assertThat(warning.path()).isEqualTo("/rules/0/mode"));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {id: a, allowedActions: [deploy, restrat]}                 | /rules/0/allowedActions/1   | restart
            {id: a, match: {actions: ["nothing_*"]}, deny: true}       | /rules/0/match/actions/0    |
            {id: a, match: {groups: [plaform]}, deny: true}            | /rules/0/match/groups/0     | platform
            {id: a, readOnly: true, except: {groups: ["plat*", admin]}} | /rules/0/except/groups/1   |
            {id: a, deniedTools: [of_a_connector, of_a_conector]}      | /rules/0/deniedTools/1      | of_a_connector
            {id: a, deniedTools: [never_listed, nevr_listed]}          | /rules/0/deniedTools/1      |
            {id: a, match: {tools: ["never_*", "*_conector"]}, deny: true} | /rules/0/match/tools/1  |
            """)
    void nameThatTheInstallationHasNotMetIsNamed(String rule, String path, String suggestion) {
        // Given
        var known = new KnownNames(
                Map.of("port-eu", Set.of("of_a_connector")),
                Map.of("port-eu", Set.of("never_listed")),
                Set.of("deploy", "restart"),
                Set.of("platform", "developers"));

        // When
        var warnings = ((ReadResult.Valid) DocumentReader.read(HEAD + "  - " + rule + "\n", known)).warnings();

        // Then
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo(path);
            assertThat(warning.suggestion()).isEqualTo(Optional.ofNullable(suggestion));
        });
    }

    @Test
    void reviewedToolThatTheUpstreamDoesNotHaveIsNamed() {
        // Given
        var known = new KnownNames(
                Map.of("port-eu", Set.of("list_entities")),
                Map.of("port-eu", Set.of("never_listed"), "far", Set.of("list_entitis")),
                Set.of(),
                Set.of());
        var text = HEAD.replace(
                "rules:\n",
                "tools: {port-eu: {list_entitis: {class: read}, list_entities: {class: read},"
                        + " never_listed: {class: read}}}\n");

        // When
        var warnings = ((ReadResult.Valid) DocumentReader.read(text, known)).warnings();

        // Then
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("/tools/port-eu/list_entitis");
            assertThat(warning.suggestion()).contains("list_entities");
        });
    }

    private static List<DocumentProblem> warnings(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.warnings();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
