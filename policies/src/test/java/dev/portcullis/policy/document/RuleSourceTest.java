package dev.portcullis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RuleSourceTest {
    private static final String HEAD = "apiVersion: portcullis/v1\norganization: acme\n";
    private static final String TEXT = HEAD + """
            rules:
              # who may write
              - id: readers
                readOnly: true # for now
                message: |
                  Ask ops.

              - id: freeze
                match:
                  tools: [run_action] # one
                deny: true
                # not yet: trigger_run

              - {id: slow, limit: {calls: 1, per: day, by: tool}} # rarely

            # where things are
            routes: {}
            """;

    @Test
    void aRuleIsGivenAsItIsWritten() {
        assertThat(RuleSource.of(TEXT, "freeze")).isEqualTo("""
                id: freeze
                match:
                  tools: [run_action] # one
                deny: true
                # not yet: trigger_run
                """);
        assertThat(RuleSource.of(TEXT, "slow")).isEqualTo("""
                id: slow
                limit: {calls: 1, per: day, by: tool}
                """);
        assertThat(RuleSource.line(TEXT, "freeze")).hasValue(10);
        assertThat(RuleSource.line(TEXT, "nobody")).isEmpty();
    }

    @Test
    void everyRuleWrittenAnewAsItWasChangesNothing() {
        for (var id : new String[] {"readers", "freeze", "slow"}) {
            assertThat(RuleSource.replaced(TEXT, id, RuleSource.of(TEXT, id))).isEqualTo(TEXT);
        }
    }

    @Test
    void aRuleWrittenAnewKeepsItsCommentsAndMayHaveAnotherId() {
        // Given
        var fragment = RuleSource.of(TEXT, "freeze").replace("id: freeze", "id: stop\nowner: ops");

        // When
        var edited = RuleSource.replaced(TEXT, "freeze", fragment);

        // Then
        assertThat(edited).isEqualTo(TEXT.replace("id: freeze", "id: stop\n    owner: ops"));
        assertThat(EditableText.valid(edited).rules().get(1).owner()).contains("ops");
    }

    @Test
    void aRuleMovesWithItsComments() {
        assertThat(RuleSource.moved(TEXT, "readers", 1)).isEqualTo(HEAD + """
                rules:
                  - id: freeze
                    match:
                      tools: [run_action] # one
                    deny: true
                    # not yet: trigger_run

                  # who may write
                  - id: readers
                    readOnly: true # for now
                    message: |
                      Ask ops.

                  - {id: slow, limit: {calls: 1, per: day, by: tool}} # rarely

                # where things are
                routes: {}
                """);
        assertThat(RuleSource.moved(RuleSource.moved(TEXT, "slow", -9), "slow", 9))
                .isEqualTo(TEXT);
        assertThat(RuleSource.moved(TEXT, "readers", -1)).isEqualTo(TEXT);
    }

    @Test
    void rulesOfJsonMoveToo() {
        var json = "{\"apiVersion\": \"portcullis/v1\", \"organization\": \"acme\", \"rules\": ["
                + "{\"id\": \"a\", \"deny\": true}, {\"id\": \"b\", \"readOnly\": true}]}";
        assertThat(RuleSource.moved(json, "b", -1))
                .endsWith("[{\"id\": \"b\", \"readOnly\": true}, {\"id\": \"a\", \"deny\": true}]}");
        assertThat(RuleSource.replaced(json, "a", "id: c\ndeny: true\n")).contains("{\"id\": \"c\", \"deny\": true}");
    }

    @Test
    void anAddedRuleStandsAtTheEndWithItsComments() {
        var added = RuleSource.added(TEXT, "id: new\n# why\ndeny: true\n");
        assertThat(added).contains("# rarely\n\n  - id: new\n    # why\n    deny: true\n");
        assertThatThrownBy(() -> RuleSource.added(TEXT, "id: slow\ndeny: true\n"))
                .hasMessage("rule slow: there is one of this id already");
    }

    @Test
    void whatCannotBeMovedAloneIsRefused() {
        var aliased = HEAD + "rules:\n  - id: a\n    match: &who {groups: [x]}\n    deny: true\n"
                + "  - id: b\n    match: *who\n    readOnly: true\n";
        assertThatThrownBy(() -> RuleSource.moved(aliased, "b", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be changed alone");
        assertThatThrownBy(() -> RuleSource.replaced(TEXT, "slow", "id: slow\nlimt: 1\n"))
                .hasMessageContaining("limt");
    }
}
