package dev.portcullis.policy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The product's own scenario files, but for those with kills, are files that users could have written.
class ScenarioFilesTest {

    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> scenariosOfTheProduct() throws IOException {
        try (var files = Files.walk(Path.of("src/test/resources/scenarios"))) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .filter(file -> !read(file).contains("\n  kills:"))
                    .toList()
                    .stream()
                    .map(file -> dynamicTest(file.toString(), () -> {
                        var scenario = Scenario.read(read(file), Optional.empty());
                        var policy = EmbeddedDecisionPoint.compile(scenario.document(), 3, List.of(), 1);
                        for (var one : scenario.cases()) {
                            assertThat(one.expected()
                                            .differences(policy.decideHere(one.input())
                                                    .orElseThrow()))
                                    .as(one.name())
                                    .isEmpty();
                        }
                    }));
        }
    }

    @Test
    @Tag("slow")
    void whatIsOtherwiseIsSaid() {
        var scenario = Scenario.read("""
                title: wrong
                given: {policy: "rules: [{id: reads, readOnly: true}]"}
                cases:
                  - {when: {call: upsert_entity}, then: {allowed: true}}
                  - {when: {call: list_entities}, then: {denied: [reads]}}
                  - {when: {call: upsert_entity}, then: {denied: [others]}}
                  - {when: {list: [list_entities, upsert_entity]}, then: {visible: [upsert_entity]}}
                """, Optional.empty());
        var policy = EmbeddedDecisionPoint.compile(scenario.document(), 3, List.of(), 1);

        assertThat(scenario.cases().stream()
                        .flatMap(one ->
                                one
                                        .expected()
                                        .differences(
                                                policy.decideHere(one.input()).orElseThrow())
                                        .stream()))
                .containsExactly(
                        "expected allowed, but was denied by [reads]",
                        "expected denied [reads], but was allowed",
                        "expected denied [others], but was denied [reads]",
                        "expected visible [upsert_entity], but was visible [list_entities]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cases: []                                                                  | given.policy: (expected: a policy
            {title: t, given: {policy: 'rules: []'}}                                   | scenario.cases: (expected: a list)
            {title: t, given: {policy: 'rule: []'}, cases: []}                         | did you mean rules
            {title: t, givn: {}, cases: []}                                            | unknown key givn
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {}}]}              | case 1.when: (expected: exactly one of
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a}}]}       | case 1.then: (expected: a mapping)
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a, grups: []}}]} | unknown key grups
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a}, then: {}}]}  | at least one of
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a}, then: {denied: a}}]} | case 1.then.denied: (expected: a list)
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a, time: now}, then: {denied: []}}]} | case 1.when
            {title: t, given: {policy: 'rules: []'}, cases: [{when: {call: a, address: x.org}, then: {denied: []}}]} | case 1.when
            '['                                                                        | no YAML
            """)
    void fileThatIsNoneIsAnErrorThatSaysWhatWasExpected(String text, String expected) {
        assertThatThrownBy(() -> Scenario.read(text, Optional.empty()))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(expected);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
