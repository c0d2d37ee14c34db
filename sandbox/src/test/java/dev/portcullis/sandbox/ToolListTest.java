package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sandbox.catalogue.JsonObject;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class ToolListTest {

    private static final Set<String> READ = Set.of(
            "list_blueprints",
            "list_entities",
            "list_scorecards",
            "list_actions",
            "get_action_permissions",
            "track_action_run",
            "list_workflows",
            "get_workflow_run",
            "list_self_service_triggers",
            "search_audit_logs",
            "simulate_blueprint_permissions",
            "describe_user_details",
            "load_skill",
            "search_port_knowledge_sources",
            "get_page",
            "get_sidebar",
            "load_widget_schema",
            "list_plugins",
            "list_integrations",
            "get_integration_sync_metrics",
            "get_integration_event_logs",
            "get_integration_kinds_with_examples",
            "test_integration_mapping");
    private static final Set<String> CHANGING = Set.of(
            "run_action",
            "trigger_run",
            "trigger_auto_discovery",
            "upsert_blueprint",
            "upsert_entity",
            "upsert_scorecard",
            "upsert_action",
            "upsert_workflow",
            "upsert_dashboard_page",
            "upsert_widget",
            "update_entity_page",
            "upsert_sidebar_folder",
            "move_page",
            "duplicate_page",
            "upsert_plugin",
            "install_library_plugin",
            "delete_blueprint",
            "delete_entity",
            "delete_scorecard",
            "delete_action",
            "delete_workflow",
            "delete_widget",
            "delete_sidebar_folder",
            "update_action_permissions");

    private SandboxServer server;
    private SandboxClient client;

    @BeforeEach
    void start() {
        server = SandboxServer.start(SandboxClient.loopback(0));
        client = SandboxClient.connect(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void everyToolOfPortIsListed() {
        // When
        var names = client.toolNames();

        // Then
        assertThat(names)
                .hasSize(READ.size() + CHANGING.size())
                .containsAll(READ)
                .containsAll(CHANGING);
    }

    @Test
    void everyToolIsDescribedDownToItsArguments() {
        // When
        var tools = client.tools();

        // Then
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.description()).isNotBlank();
            assertThat(tool.inputSchema()).containsEntry("type", "object").containsKey("properties");
            var properties = new JsonObject(tool.inputSchema()).object("properties");
            assertThat(properties.fields().keySet())
                    .allSatisfy(name -> assertThat(properties.object(name).text("description"))
                            .isPresent());
        });
    }

    @Test
    void annotationsTellReadersFromTheRest() {
        // When
        var tools = client.tools();

        // Then
        assertThat(tools).allSatisfy(tool -> {
            var annotations = tool.annotations();
            assertThat(annotations.readOnlyHint()).isEqualTo(READ.contains(tool.name()));
            assertThat(annotations.destructiveHint()).isNotNull();
            assertThat(annotations.idempotentHint()).isNotNull();
            assertThat(annotations.openWorldHint()).isNotNull();
        });
        assertThat(named(tools, "delete_entity").annotations().destructiveHint())
                .isTrue();
        assertThat(named(tools, "run_action").annotations().openWorldHint()).isTrue();
        assertThat(named(tools, "run_action").annotations().idempotentHint()).isFalse();
    }

    @Test
    void readOnlyHeaderHidesWhatIsNoReader() {
        // When
        var names = client.header("x-read-only-mode", "1").toolNames();

        // Then
        assertThat(names).containsExactlyInAnyOrderElementsOf(READ);
    }

    @Test
    void headerMayChangeInMidSession() {
        // Given
        client.header("x-read-only-mode", "anything");
        assertThat(client.toolNames()).hasSameSizeAs(READ);

        // When
        client.header("x-read-only-mode", "false");

        // Then
        assertThat(client.toolNames()).hasSize(READ.size() + CHANGING.size());
    }

    @Test
    void bothNamesOfAWorkflowAreAccepted() {
        // When
        var schema = new JsonObject(named(client.tools(), "trigger_run").inputSchema());

        // Then
        assertThat(schema.object("properties").fields()).containsKeys("identifier", "workflowIdentifier");
    }

    private static Tool named(List<Tool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
