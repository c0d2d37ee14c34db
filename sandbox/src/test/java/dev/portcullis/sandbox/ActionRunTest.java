package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class ActionRunTest {

    private final MovingClock clock = new MovingClock();
    private SandboxServer server;
    private SandboxClient client;

    @BeforeEach
    void start() {
        server = SandboxServer.start(SandboxClient.loopback(0), clock);
        client = SandboxClient.connect(server);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void runIsInProgressUntilItsTimeHasCome() {
        // When
        var run = client.call(
                        "run_action",
                        Map.of(
                                "actionIdentifier", "deploy_service",
                                "entityIdentifier", "cart",
                                "properties", Map.of("version", "3.0.0")))
                .object("run");

        // Then
        assertThat(run.text("status")).contains("IN_PROGRESS");
        var runId = Map.<String, Object>of("runId", run.text("id", ""));
        assertThat(client.call("track_action_run", runId).object("run").text("status"))
                .contains("IN_PROGRESS");
        clock.advance(Duration.ofSeconds(1));
        assertThat(client.call("track_action_run", runId).object("run").text("status"))
                .contains("SUCCESS");
    }

    @Test
    void deploymentChangesTheVersion() {
        // When
        var run = client.run(
                clock,
                "deploy_service",
                Map.of(
                        "entityIdentifier",
                        "cart",
                        "properties",
                        Map.of("version", "3.0.0", "environment", "production")));

        // Then
        assertThat(run.text("status")).contains("SUCCESS");
        var cart = client.entity("service", "cart").object("properties");
        assertThat(cart.text("version")).contains("3.0.0");
        assertThat(cart.text("previousVersion")).contains("2.7.0");
    }

    @Test
    void incidentIsAnEntityAfterwards() {
        // When
        client.run(
                clock,
                "create_incident",
                Map.of("properties", Map.of("title", "Carts are empty", "severity", "sev1", "service", "cart")));

        // Then
        var open = client.call(
                        "list_entities",
                        Map.of(
                                "blueprintIdentifier",
                                "incident",
                                "query",
                                Map.of(
                                        "combinator",
                                        "and",
                                        "rules",
                                        List.of(Map.of("property", "severity", "operator", "=", "value", "sev1")))))
                .objects("entities");
        assertThat(open).singleElement().satisfies(incident -> {
            assertThat(incident.text("title")).contains("Carts are empty");
            assertThat(incident.object("relations").text("service")).contains("cart");
        });
    }

    @Test
    void scalingChangesTheReplicasAndWithThemTheScorecard() {
        // Given
        assertThat(level("cart")).isEqualTo("Silver");

        // When
        client.run(clock, "scale_service", Map.of("entityIdentifier", "cart", "properties", Map.of("replicas", 1)));

        // Then
        assertThat(client.entity("service", "cart").object("properties").number("replicas", 0))
                .isEqualTo(1);
        assertThat(level("cart")).isEqualTo("Bronze");
    }

    @Test
    void wrongPropertiesAreRefusedWithAReason() {
        assertThat(client.failure(
                        "run_action",
                        Map.of(
                                "actionIdentifier", "scale_service",
                                "entityIdentifier", "cart",
                                "properties", Map.of("replicas", "many"))))
                .contains("replicas");
        assertThat(client.failure(
                        "run_action",
                        Map.of("actionIdentifier", "create_incident", "properties", Map.of("severity", "sev1"))))
                .contains("title");
        assertThat(client.failure(
                        "run_action",
                        Map.of(
                                "actionIdentifier",
                                "create_incident",
                                "properties",
                                Map.of("title", "Down", "sevrity", "sev1"))))
                .contains("sevrity");
        assertThat(client.failure("run_action", Map.of("actionIdentifier", 7))).contains("actionIdentifier");
    }

    @Test
    void actionNeedsItsEntity() {
        assertThat(client.failure(
                        "run_action",
                        Map.of("actionIdentifier", "deploy_service", "properties", Map.of("version", "1.0.0"))))
                .contains("entityIdentifier");
        assertThat(client.failure(
                        "run_action",
                        Map.of(
                                "actionIdentifier", "deploy_service",
                                "entityIdentifier", "nobody",
                                "properties", Map.of("version", "1.0.0"))))
                .contains("nobody");
    }

    @Test
    void unknownActionNamesThoseThereAre() {
        assertThat(client.failure("run_action", Map.of("actionIdentifier", "deploy")))
                .contains("'deploy'")
                .contains("deploy_service");
    }

    @Test
    void manualModeOnlyLinksToTheForm() {
        // When
        var answer = client.call(
                "run_action",
                Map.of(
                        "actionIdentifier", "create_github_issue",
                        "executionMode", "manual",
                        "properties", Map.of("title", "Try it")));

        // Then
        assertThat(answer.text("link", "")).startsWith("https://").contains("create_github_issue");
        assertThat(answer.has("run")).isFalse();
        assertThat(client.call("search_audit_logs", Map.of("action", "EXECUTE")).number("count", -1))
                .isZero();
    }

    @Test
    void runThatNeedsApprovalWaits() {
        // When
        var run = client.run(clock, "decommission_service", Map.of("entityIdentifier", "legacy-mailer"));

        // Then
        assertThat(run.text("status")).contains("WAITING_FOR_APPROVAL");
        assertThat(client.entity("service", "legacy-mailer").text("title")).contains("Legacy mailer");
    }

    @Test
    void workflowRunReportsItsNodes() {
        // Given
        client.run(
                clock, "deploy_service", Map.of("entityIdentifier", "cart", "properties", Map.of("version", "3.0.0")));

        // When
        var started = client.call(
                "trigger_run",
                Map.of(
                        "type", "WORKFLOW",
                        "workflowIdentifier", "rollback_service",
                        "nodeIdentifier", "start",
                        "inputs", Map.of("service", "cart")));
        clock.advance(Duration.ofSeconds(1));

        // Then
        var run = client.call(
                        "get_workflow_run",
                        Map.of("runId", started.object("run").text("id", "")))
                .object("run");
        assertThat(run.text("status")).contains("SUCCESS");
        assertThat(run.objects("nodes"))
                .hasSize(3)
                .allSatisfy(node -> assertThat(node.text("status")).contains("SUCCESS"));
        assertThat(client.entity("service", "cart").object("properties").text("version"))
                .contains("2.7.0");
    }

    @Test
    void failedRunSaysWhy() {
        // When
        var started = client.call(
                "trigger_run", Map.of("identifier", "rollback_service", "inputs", Map.of("service", "ledger")));
        clock.advance(Duration.ofSeconds(1));

        // Then
        var run = client.call(
                        "get_workflow_run",
                        Map.of("runId", started.object("run").text("id", "")))
                .object("run");
        assertThat(run.text("status")).contains("FAILURE");
        assertThat(run.texts("log")).last().asString().contains("no previous version");
    }

    @Test
    void auditLogFollowsARun() {
        // When
        var run = client.run(
                clock, "deploy_service", Map.of("entityIdentifier", "cart", "properties", Map.of("version", "3.0.0")));

        // Then
        var events = client.call("search_audit_logs", Map.of("runId", run.text("id", "")))
                .objects("auditLogs");
        assertThat(events).extracting(event -> event.text("action", "")).containsExactly("UPDATE", "EXECUTE");
    }

    private String level(String service) {
        return client.entity("service", service)
                .object("scorecards")
                .object("production_readiness")
                .text("level", "");
    }
}
