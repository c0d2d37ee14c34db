package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class RuleEditorTest {
    private static final String HEAD = "apiVersion: portcullis/v1\norganization: acme\n";
    private static final String TEXT = HEAD + """
            rules:
              # who may write
              - id: readers
                readOnly: true # for now
                message: |
                  Ask ops.

              # the freeze
              - id: freeze
                match:
                  tools: [run_action] # one
                  # not yet: trigger_run
                deny: true

            # where things are
            routes: {}
            """;

    @Test
    void addedRuleStandsAtTheEnd() {
        assertThat(RuleEditor.withRule(
                        TEXT, rule("new", "match: {groups: [ops]}", "limit: {calls: 1, per: day, by: tool}")))
                .isEqualTo(TEXT.replace("    deny: true\n", """
                            deny: true

                          - id: new
                            match: {groups: [ops]}
                            limit: {calls: 1, per: day, by: tool}
                        """.indent(4).replaceAll("(?m)^    ", "")));
    }

    @Test
    void onlyTheKeysThatDifferAreTouched() {
        // Given
        var rule = rule("readers", "allowedTools: ['get_*']", "message: Ask ops.", "except: {groups: [ops]}");

        // When
        var edited = RuleEditor.withRule(TEXT, rule);

        // Then
        assertThat(edited)
                .isEqualTo(TEXT.replace("    readOnly: true # for now\n    message: |\n      Ask ops.\n", """
                            except: {groups: [ops]}
                            allowedTools: [get_*]
                            message: Ask ops.
                        """.indent(4)
                        .replaceAll("(?m)^    ", "")));
    }

    @Test
    void commentGoesWithTheKeyOnItsLine() {
        // Given
        var text = HEAD + """
                rules:
                  # who may write
                  - message: Ask ops. # 0
                    description: Ask ops.
                    match: {groups: [ops]} # 2
                    id: r
                    # why
                    except: {groups: [ops]} # 4
                    readOnly: true
                    mode: observe # 6
                    # the end
                """;

        // Then
        assertThat(RuleEditor.withRule(text, rule("r", "deny: true"))).isEqualTo(HEAD + """
                rules:
                  # who may write
                  - id: r
                    # why
                    deny: true
                    # the end
                """);
    }

    @Test
    void modeIsSetAndTakenAway() {
        // When
        var observed = RuleEditor.withMode(TEXT, "freeze", Rule.Mode.OBSERVE);

        // Then
        assertThat(observed).isEqualTo(TEXT.replace("- id: freeze\n", "- id: freeze\n    mode: observe\n"));
        assertThat(RuleEditor.withMode(observed, "freeze", Rule.Mode.ENFORCE)).isEqualTo(TEXT);
    }

    @Test
    void removedRuleLeavesTheCommentsAroundIt() {
        assertThat(RuleEditor.withoutRule(TEXT, "readers"))
                .startsWith(HEAD + "rules:\n  # who may write\n\n  # the freeze\n  - id: freeze\n");
        var none = RuleEditor.withoutRule(RuleEditor.withoutRule(TEXT, "readers"), "freeze");
        assertThat(none).contains("  []").contains("# the freeze", "# where things are");
        assertThat(RuleEditor.withRule(none, rule("again", "deny: true"))).contains("- id: again\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rules: []",
                "rules: [] # none\n",
                "rules:\n- {id: a, deny: true}",
                "rules:\n-\n  id: a\n  deny: true\nroutes: {}\n",
                "rules:\n- {id: a, deny: true} # x\n- {id: b, deny: true} # y\n",
                "rules: [{id: a, deny: true}]\nroutes: {}",
                "rules:\n- id: a\n  deny: true\n  message: >-\n    x\n    y\n\n# z\n"
            })
    void firstAndFurtherRulesAreAddedWhereverTheyStand(String rules) {
        // When
        var edited = RuleEditor.withRule(HEAD + rules, rule("new", "deny: true"));

        // Then
        assertThat(EditableText.valid(edited).rules())
                .last()
                .extracting(Rule::id)
                .isEqualTo("new");
        assertThat(RuleEditor.withoutRule(edited, "new")).startsWith(HEAD);
    }

    @Test
    void ruleThatAnAliasStandsForIsNotChanged() {
        var text = HEAD + "rules:\n- {id: a, match: &m {groups: [x]}, deny: true}\n- {id: b, match: *m, deny: true}\n";

        assertThatThrownBy(() -> RuleEditor.withRule(text, rule("b", "match: {groups: [y]}", "deny: true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rule b");
        assertThatThrownBy(() -> RuleEditor.withoutRule(text, "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownRuleAndInvalidTextAreRefused() {
        assertThatThrownBy(() -> RuleEditor.withoutRule(TEXT, "none")).hasMessageContaining("there is none");
        assertThatThrownBy(() -> RuleEditor.withMode(TEXT, "none", Rule.Mode.OBSERVE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RuleEditor.withoutRule("rules: [", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    private static Rule rule(String id, String... keys) {
        return GeneratedTexts.rule(id, List.of(keys));
    }
}
