package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When one condition matches whatever another one matches.
class CoverageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                  | {groups: [x]}
            {groups: [x, y]}                    | {groups: [x]}
            {groups: [x]}                       | {groups: [x], tools: [y]}
            {groups: ["*"]}                     | {groups: ["x*", y]}
            {routes: ["*"]}                     | {routes: [port-eu]}
            {callers: [x]}                      | {callers: [x]}
            {clients: [x]}                      | {clients: [x]}
            {networks: [10.0.0.0/8]}            | {networks: [10.1.0.0/16, 10.2.0.0/16]}
            {networks: [192.0.2.0/24, 10.0.0.0/8]} | {networks: [10.0.0.0/8]}
            {methods: ["tools/*"]}              | {methods: [tools/call]}
            {classes: [read, write]}            | {classes: [read]}
            {actions: ["d*"]}                   | {actions: [deploy]}
            {prompts: [x]}                      | {prompts: [x]}
            {uris: ["*"]}                       | {uris: ["a:*"]}
            {arguments: {/a: [1]}}              | {arguments: {/a: [1], /b: [2]}}
            {time: {days: [sat]}}               | {time: {days: [sat]}}
            """)
    void wideConditionCoversTheNarrow(String wide, String narrow) {
        assertThat(Coverage.covers(condition(wide), condition(narrow))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {routes: [port-eu]}                 | {}
            {groups: [x]}                       | {}
            {callers: [x]}                      | {}
            {clients: [x]}                      | {}
            {networks: [10.0.0.0/8]}            | {}
            {methods: [x]}                      | {}
            {tools: [x]}                        | {}
            {classes: [read]}                   | {}
            {actions: [x]}                      | {}
            {prompts: [x]}                      | {}
            {uris: [x]}                         | {}
            {arguments: {/a: [1]}}              | {}
            {time: {days: [sat]}}               | {}
            {groups: [x]}                       | {groups: [x, y]}
            {groups: [x]}                       | {groups: ["x*"]}
            {networks: [10.0.0.0/16]}           | {networks: [10.0.0.0/8]}
            {networks: [10.0.0.0/8]}            | {networks: [10.1.0.0/16, 192.0.2.0/24]}
            {classes: [read]}                   | {classes: [read, write]}
            {arguments: {/a: [1]}}              | {arguments: {/a: [2]}}
            {arguments: {/a: [1], /b: [2]}}     | {arguments: {/a: [1]}}
            {time: {days: [sat]}}               | {time: {days: [sun]}}
            """)
    void conditionCoversNothingThatItMayNotMatch(String one, String other) {
        assertThat(Coverage.covers(condition(one), condition(other))).isFalse();
    }

    private static Condition condition(String match) {
        var text = """
                apiVersion: portcullis/v1
                organization: acme
                routes: {port-eu: {upstream: sandbox, profile: port}}
                rules: [{id: r, match: %s, deny: true}]
                """.formatted(match);
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document().rules().getFirst().match();
            case ReadResult.Invalid invalid -> throw new AssertionError(invalid.errors());
        };
    }
}
