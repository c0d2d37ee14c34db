package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.profile.ToolClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DocumentEditorToolsTest {
    private static final String HEAD = """
            apiVersion: portcullis/v1
            organization: acme 😀 # ours
            routes:
              port-eu: {upstream: sandbox, profile: port}  # the only one
            """;
    private static final String PIN = "sha256:" + "0".repeat(64);
    private static final String OTHER_PIN = "sha256:" + "1".repeat(64);

    @Test
    void firstReviewMakesTheSection() {
        assertThat(reviewed(HEAD, "list_entities", ToolClass.READ, PIN))
                .isEqualTo(HEAD + """
                tools:
                  port-eu:
                    list_entities: {class: read, definition: "%s"}
                """.stripTrailing().formatted(PIN) + "\n");
    }

    @Test
    void reviewIsAppendedAndEverythingElseStays() {
        // Given
        var text = HEAD + """
                tools:
                  # reviewed in June
                  port-eu:
                    upsert_entity: {class: write}   # careful

                # who may do what
                rules: []
                """;

        // When
        var edited = reviewed(text, "list_entities", ToolClass.READ, PIN);

        // Then
        assertThat(edited).isEqualTo(text.replace("# careful\n", """
                # careful
                    list_entities: {class: read, definition: "%s"}
                """.formatted(PIN)));
    }

    @Test
    void changedReviewKeepsCommentsBesideIt() {
        // Given
        var text = HEAD + """
                tools:
                  port-eu:
                    list_entities:
                      class: write        # why not
                      # accepted by ops
                      definition: "%s"  # June
                    load_skill: {class: read} # text of anybody
                """.formatted(PIN);

        // When
        var edited = DocumentEditor.withTools(
                text,
                "port-eu",
                Map.of(
                        "list_entities", new ReviewedTool(ToolClass.READ, Optional.of(OTHER_PIN)),
                        "load_skill", new ReviewedTool(ToolClass.READ, Optional.of(PIN))));

        // Then
        assertThat(edited)
                .isEqualTo(text.replace("class: write  ", "class: read  ")
                        .replace(PIN, OTHER_PIN)
                        .replace("{class: read}", "{class: read, definition: \"" + PIN + "\"}"));
    }

    @Test
    void sameReviewChangesNothing() {
        var once = reviewed(HEAD, "list_entities", ToolClass.READ, PIN);
        assertThat(reviewed(once, "list_entities", ToolClass.READ, PIN)).isEqualTo(once);
    }

    @Test
    void classAloneLeavesTheDefinition() {
        var once = reviewed(HEAD, "list_entities", ToolClass.READ, PIN);
        var edited = DocumentEditor.withTools(
                once, "port-eu", Map.of("list_entities", new ReviewedTool(ToolClass.WRITE, Optional.empty())));
        assertThat(edited).isEqualTo(once.replace("class: read", "class: write"));
    }

    @Test
    void jsonStaysJson() {
        // Given
        var json = """
                {"apiVersion": "portcullis/v1", "organization": "acme",
                 "routes": {"port-eu": {"upstream": "sandbox"}}, "rules": []}""";

        // When
        var once = reviewed(json, "a", ToolClass.WRITE, PIN);
        var twice = reviewed(reviewed(once, "a", ToolClass.READ, OTHER_PIN), "b", ToolClass.READ, PIN);
        var blocked = DocumentEditor.withDeniedTools(twice, "blocked", "port-eu", List.of("b"), "because");

        // Then
        var tree = tools.jackson.databind.json.JsonMapper.shared().readTree(blocked);
        assertThat(tree.at("/tools/port-eu/a/class").stringValue()).isEqualTo("read");
        assertThat(tree.at("/tools/port-eu/a/definition").stringValue()).isEqualTo(OTHER_PIN);
        assertThat(tree.at("/rules/0/deniedTools/0").stringValue()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "null",
                "12",
                "1e3",
                "~",
                "a:b",
                "#x",
                "it's",
                "\"q\"",
                "ключ",
                "a/b",
                "list",
                "2026-11-26"
            })
    void anyNameIsWrittenAsItself(String name) {
        var edited = reviewed(reviewed(HEAD, name, ToolClass.READ, PIN), "other_one", ToolClass.READ, PIN);
        assertThat(DocumentReaderTest.valid(edited).tools().get("port-eu")).containsOnlyKeys(name, "other_one");
    }

    @Test
    void manyToolsAreOneEdit() {
        var reviews = new LinkedHashMap<String, ReviewedTool>();
        for (int i = 0; i < 100; i++) {
            reviews.put("tool_" + i, new ReviewedTool(ToolClass.READ, Optional.of(PIN)));
        }
        assertThat(DocumentReaderTest.valid(DocumentEditor.withTools(HEAD, "port-eu", reviews))
                        .tools()
                        .get("port-eu"))
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules:\n  # first\n  - id: a   # one\n    readOnly: true # yes\n\n# end\n",
                "rules:\n- {id: a, readOnly: true}\n",
                "rules: [{id: a, readOnly: true}] # all\n",
                "rules: [] # none\n",
                ""
            })
    void blockingAddsOneRule(String rules) {
        // Given
        var text = HEAD + rules;

        // When
        var edited = DocumentEditor.withDeniedTools(
                text, "blocked-on-port-eu", "port-eu", List.of("list_entities", "true"), "It \"leaks\".");

        // Then
        var before = DocumentReaderTest.valid(text).rules();
        var after = DocumentReaderTest.valid(edited).rules();
        assertThat(after).hasSize(before.size() + 1).containsAll(before);
        assertThat(after.getLast().id()).isEqualTo("blocked-on-port-eu");
        assertThat(((Restriction.DeniedTools) after.getLast().restriction()).tools())
                .hasToString("[" + new dev.portcullis.policy.Glob("list_entities") + ", "
                        + new dev.portcullis.policy.Glob("true") + "]");
        rules.lines()
                .filter(line -> line.contains("#") && !line.contains("["))
                .forEach(line -> assertThat(edited).contains(line));
    }

    @Test
    void decisionIsTakenBackAndCommentsStay() {
        // Given
        var text = HEAD + """
                tools:
                  # reviewed in June
                  port-eu:
                    list_entities: {class: read}   # by ops
                    upsert_entity: {class: write} # careful
                rules: []
                """;

        // When
        var edited = DocumentEditor.withoutTool(text, "port-eu", "upsert_entity");

        // Then
        assertThat(edited).isEqualTo(text.replace("    upsert_entity: {class: write} # careful\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tools:\n  port-eu:\n    a: {class: read}\n",
                "tools: {port-eu: {a: {class: read}}}\n",
                "tools:\n  port-eu:\n    a:\n      class: read\n",
                "rules: []\ntools:\n  port-eu: {a: {class: read}}\n"
            })
    void lastDecisionTakesItsSectionAlong(String tools) {
        var edited = DocumentEditor.withoutTool(HEAD + tools, "port-eu", "a");

        assertThat(edited).startsWith(HEAD).doesNotContain("tools").doesNotContain("class");
        assertThat(DocumentReaderTest.valid(edited).tools()).isEmpty();
    }

    @Test
    void whatIsNotDecidedCannotBeTakenBack() {
        assertThatThrownBy(() -> DocumentEditor.withoutTool(HEAD, "port-eu", "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tool a: nothing is decided about it on port-eu");
    }

    @Test
    void whatCannotBeChangedAloneIsRefused() {
        var shared = HEAD + """
                tools:
                  port-eu: &same
                    a: {class: read}
                """;
        var aliased = shared.replace("routes:\n", "routes:\n  port-us: {upstream: sandbox}\n") + "  port-us: *same\n";
        assertThatThrownBy(() -> reviewed(aliased, "b", ToolClass.READ, PIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be changed alone");
        assertThatThrownBy(() -> DocumentEditor.withTools(
                        HEAD, "nowhere", Map.of("a", new ReviewedTool(ToolClass.READ, Optional.empty()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/tools");
    }

    private static String reviewed(String text, String tool, ToolClass toolClass, String definition) {
        return DocumentEditor.withTools(
                text, "port-eu", Map.of(tool, new ReviewedTool(toolClass, Optional.of(definition))));
    }
}
