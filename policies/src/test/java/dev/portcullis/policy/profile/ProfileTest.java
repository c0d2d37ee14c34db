package dev.portcullis.policy.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileTest {
    private final Profile port = Profile.load("port");

    @ParameterizedTest
    @CsvSource({
        "list_entities, READ",
        "get_entities, READ",
        "search_audit_logs, READ",
        "test_integration_mapping, READ",
        "upsert_entity, WRITE",
        "create_blueprint, WRITE",
        "run_action, EXECUTE",
        "trigger_run, EXECUTE",
        "trigger_auto_discovery, EXECUTE",
        "invoke_ai_agent, EXECUTE",
        "run_delete_everything, EXECUTE",
        "delete_blueprint, DELETE",
        "update_action_permissions, ADMIN",
        "update_action_policies, ADMIN",
        "a_tool_of_tomorrow, WRITE",
        "List_Entities, WRITE",
        "' list_entities', WRITE"
    })
    void portsToolsHaveTheirReviewedClass(String tool, ToolClass expected) {
        assertThat(port.classOf(tool)).isEqualTo(expected);
    }

    @Test
    void genericProfileKnowsNothing() {
        // Given
        var generic = Profile.load("generic");

        // Then
        assertThat(generic.classOf("list_entities")).isEqualTo(ToolClass.WRITE);
        assertThat(generic.definesControlHeaders()).isFalse();
        assertThat(port.definesControlHeaders()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "mcp.port.io, mcp.getport.io",
        "mcp.getport.io, mcp.port.io",
        "mcp.us.port.io, mcp.us.getport.io",
        "mcp.us.getport.io, mcp.us.port.io"
    })
    void portsServersHaveTwoNamesEach(String host, String alias) {
        assertThat(port.aliasesOf(host)).containsExactly(alias);
        assertThat(port.hosts()).contains(host);
        assertThat(Profile.load("generic").aliasesOf(host)).isEmpty();
    }

    @Test
    void identifierIsReadWhereTheToolPutsIt() {
        assertThat(port.actionsOf("run_action", "{\"actionIdentifier\":\"a\",\"identifier\":\"b\"}"))
                .isEqualTo(new Actions(true, java.util.List.of("a"), true));
        assertThat(port.actionsOf("trigger_run", "{\"identifier\":\"a\",\"workflowIdentifier\":\"a\"}")
                        .summary())
                .contains("a");
        assertThat(port.actionsOf("list_entities", "{\"identifier\":\"a\"}")).isEqualTo(Actions.NONE);
    }

    @Test
    void callThatDoesNotSayPlainlyWhatItRunsIsUncertain() {
        assertThat(port.actionsOf("run_action", "{}").certain()).isFalse();
        assertThat(port.actionsOf("run_action", "{\"actionIdentifier\":{}}").certain())
                .isFalse();
        assertThat(port.actionsOf("run_action", "{\"actionIdentifier\":\"a\"} x")
                        .certain())
                .isFalse();
        assertThat(port.actionsOf("run_action", "[".repeat(10_000)).certain()).isFalse();
        assertThat(port.actionsOf("run_action", "{\"actionIdentifier\":\"a\",\"x\":" + "[".repeat(10_000))
                        .certain())
                .isFalse();
        assertThat(port.actionsOf("run_something", "{\"actionIdentifier\":\"a\"}")
                        .certain())
                .isFalse();
        assertThat(port.actionsOf("trigger_run", "{\"identifier\":\"a\",\"workflow_identifier\":\"b\"}"))
                .satisfies(actions -> {
                    assertThat(actions.certain()).isFalse();
                    assertThat(actions.identifiers()).containsExactly("a", "b");
                });
    }

    @Test
    void unknownProfileIsNamedWithTheKnownOnes() {
        assertThat(Profile.find("nope")).isEmpty();
        assertThatThrownBy(() -> Profile.load("nope")).hasMessageContaining("generic, port");
    }
}
