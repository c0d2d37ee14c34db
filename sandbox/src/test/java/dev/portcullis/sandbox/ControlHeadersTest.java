package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

class ControlHeadersTest {

    private static final Map<String, Object> INCIDENT =
            Map.of("actionIdentifier", "create_incident", "properties", Map.of("title", "Down"));

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
    void hiddenToolIsRefusedByNameToo() {
        // Given
        client.header("x-read-only-mode", "1");

        // Then
        assertThat(client.failure(
                        "delete_entity", Map.of("blueprintIdentifier", "service", "entityIdentifier", "cart")))
                .contains("x-read-only-mode");
        assertThat(client.failure("run_action", INCIDENT)).contains("x-read-only-mode");
        assertThat(client.entity("service", "cart").text("title")).contains("Cart");
    }

    @Test
    void readOnlyIsOffForZeroAndFalseOnly() {
        assertThat(client.header("x-read-only-mode", "0").toolNames()).contains("delete_entity");
        assertThat(client.header("x-read-only-mode", "false").toolNames()).contains("delete_entity");
        assertThat(client.header("x-read-only-mode", "no").toolNames()).doesNotContain("delete_entity");
        assertThat(client.header("x-read-only-mode", "").toolNames()).doesNotContain("delete_entity");
    }

    @Test
    void listedActionsRunAndOthersDoNot() {
        // Given
        client.header("x-allowed-actions-to-run", "create_github_issue, create_incident");

        // Then
        assertThat(client.call("run_action", INCIDENT).object("run").text("status"))
                .contains("IN_PROGRESS");
        assertThat(client.failure(
                        "run_action",
                        Map.of(
                                "actionIdentifier", "deploy_service",
                                "entityIdentifier", "cart",
                                "properties", Map.of("version", "3.0.0"))))
                .contains("x-allowed-actions-to-run")
                .contains("create_incident");
    }

    @Test
    void emptyListOfActionsAllowsNone() {
        // Given
        client.header("x-allowed-actions-to-run", "");

        // Then
        assertThat(client.failure("run_action", INCIDENT)).contains("x-allowed-actions-to-run");
    }

    @Test
    void triggerRunIsNotFilteredAsPortDocuments() {
        // Given
        client.header("x-allowed-actions-to-run", "");

        // When
        var answer = client.call(
                "trigger_run",
                Map.of("type", "ACTION", "identifier", "create_incident", "inputs", Map.of("title", "Down")));

        // Then
        assertThat(answer.object("run").text("status")).contains("IN_PROGRESS");
    }
}
