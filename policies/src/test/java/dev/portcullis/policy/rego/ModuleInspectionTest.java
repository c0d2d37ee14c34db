package dev.portcullis.policy.rego;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.DocumentProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What an organization's own modules may not do, found in what `opa parse` says of them.
class ModuleInspectionTest {
    private static final String DENY =
            "{\"head\": {\"ref\": [{\"type\": \"var\", \"value\": \"deny\"}], \"key\": {}}, \"location\": {\"row\": 3}}";

    @Test
    void moduleThatKeepsToItsPlaceHasNoProblems() {
        // When
        var findings = inspect(
                "policy.rego",
                "",
                reference("data", "portcullis", "custom", "lib"),
                imported("data", "portcullis", "custom", "lib"),
                DENY);

        // Then
        assertThat(findings.problems()).isEmpty();
        assertThat(findings.denies()).isTrue();
        assertThat(findings.packageNames()).containsExactly("portcullis", "custom", "lib");
    }

    @ParameterizedTest
    @CsvSource({
        "policy.rego, portcullis.custom, true",
        "policy.rego, portcullis.custom.lib, true",
        "policy.rego, portcullis, false",
        "policy.rego, portcullis.customs, false",
        "policy.rego, portcullis.custom_test, false",
        "policy_test.rego, portcullis.custom_test, true",
        "policy_test.rego, portcullis.custom, true",
        "policy_test.rego, portcullis.other, false"
    })
    void packageIsTheOrganizationsOwn(String path, String name, boolean fits) {
        // Given
        var names = ("data." + name).split("\\.");

        // When
        var problems = inspect(path, "", reference(names), "", "").problems();

        // Then
        assertThat(problems)
                .hasSize(fits ? 0 : 1)
                .allSatisfy(problem -> assertThat(problem.value()).isEqualTo("package " + name));
    }

    @ParameterizedTest
    @CsvSource({
        "data.portcullis.custom.lib, true",
        "data.portcullis.custom, true",
        "data.published, false",
        "data.portcullis, false",
        "data, false",
        "input.tool, true",
        "rego.v1, true",
        "future.keywords, true",
        "other.thing, false"
    })
    void onlyInputAndTheOrganizationsDataAreImported(String name, boolean may) {
        var problems = problems("policy.rego", imported(name.split("\\.")), "");

        assertThat(problems).hasSize(may ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({
        "data.portcullis.custom.x, true",
        "data.published.rules, false",
        "data.portcullis.kills, false",
        "input.tool, true"
    })
    void termsNameOnlyTheOrganizationsData(String name, boolean may) {
        // Given
        var rule = "{\"head\": {}, \"body\": [{\"terms\": [%s]}]}".formatted(reference(name.split("\\.")));

        // Then
        assertThat(problems("policy.rego", "", rule)).hasSize(may ? 0 : 1);
        assertThat(problems("policy_test.rego", "", rule)).isEmpty();
    }

    @Test
    void referenceInsideOfAReferenceIsFound() {
        // Given
        var inner = "{\"type\": \"ref\", \"value\": [%s, %s]}"
                .formatted(term("var", "input"), reference("data", "published"));
        var outer = "{\"type\": \"ref\", \"value\": [%s, %s, %s, %s]}"
                .formatted(term("var", "data"), term("string", "portcullis"), term("string", "custom"), inner);

        // Then
        assertThat(problems("policy.rego", "", "{\"head\": {}, \"body\": [%s]}".formatted(outer)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("data.published"));
    }

    @Test
    void keyThatIsNoTextEndsWhatIsKnownOfAReference() {
        // Given
        var computed = "{\"type\": \"ref\", \"value\": [%s, %s]}".formatted(term("var", "data"), term("var", "x"));

        // Then
        assertThat(problems("policy.rego", "", "{\"head\": {}, \"body\": [%s]}".formatted(computed)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("data"));
    }

    @Test
    void dataAsAWholeIsRefusedButInTests() {
        // Given
        var rule = "{\"head\": {}, \"body\": [%s]}".formatted(term("var", "data"));

        // Then
        assertThat(problems("policy.rego", "", rule))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("data as a whole"));
        assertThat(problems("policy_test.rego", "", rule)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"head\": {\"ref\": [{\"value\": \"deny\"}, {\"value\": \"x\"}], \"key\": {}}}",
                "{\"head\": {\"ref\": [{\"value\": \"deny\"}]}}",
                "{\"head\": {\"ref\": [{\"value\": \"deny\"}], \"key\": {}, \"value\": {}}}",
                "{\"head\": {\"ref\": [{\"value\": \"deny\"}], \"key\": {}, \"args\": []}}"
            })
    void denyOfAnotherFormIsRefused(String rule) {
        var findings = inspect("policy.rego", "", reference("data", "portcullis", "custom"), "", rule);

        assertThat(findings.denies()).isFalse();
        assertThat(findings.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.value()).isEqualTo("a rule deny of another form"));
    }

    @Test
    void testAddsNoDenials() {
        var findings = inspect("policy_test.rego", "", reference("data", "portcullis", "custom_test"), "", DENY);

        assertThat(findings.denies()).isFalse();
        assertThat(findings.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.value()).isEqualTo("a rule deny in a test");
            assertThat(problem.line()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            package a\\n\\n# METADATA\\n | 3
            #METADATA                    | 1
            package a\\n \\t#\\tMETADATA | 2
            """)
    void annotationsAreRefused(String source, int line) {
        assertThat(inspect(
                                "policy.rego",
                                source.replace("\\n", "\n").replace("\\t", "\t"),
                                reference("data", "portcullis", "custom"),
                                "",
                                "")
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.value()).isEqualTo("# METADATA");
                    assertThat(problem.line()).isEqualTo(line);
                });
    }

    private static List<DocumentProblem> problems(String path, String imports, String rules) {
        return inspect(path, "# METADATA of nothing", reference("data", "portcullis", "custom"), imports, rules)
                .problems();
    }

    private static ModuleInspection.Findings inspect(
            String path, String source, String packageName, String imports, String rules) {
        var parsed = "{\"package\": {\"path\": %s}, \"imports\": [%s], \"rules\": [%s]}"
                .formatted(valueOf(packageName), imports, rules);
        return ModuleInspection.of(
                new RegoModule(path, source), JsonMapper.shared().readTree(parsed));
    }

    private static String imported(String... names) {
        return "{\"path\": %s}".formatted(reference(names));
    }

    private static String valueOf(String reference) {
        return JsonMapper.shared().readTree(reference).get("value").toString();
    }

    private static String reference(String... names) {
        var rest = Arrays.stream(names)
                .skip(1)
                .map(name -> ", " + term("string", name))
                .collect(Collectors.joining());
        return "{\"type\": \"ref\", \"value\": [%s%s]}".formatted(term("var", names[0]), rest);
    }

    private static String term(String type, String value) {
        return "{\"type\": \"%s\", \"value\": \"%s\"}".formatted(type, value);
    }
}
