package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.portcullis.acceptance.JavaClient.Denial;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The official Java SDK as client, through the gateway, to the sandbox.
class JavaClientIT {
    private static final Map<String, Object> CHECKOUT =
            Map.of("blueprintIdentifier", "service", "entityIdentifier", "checkout");
    private static final String ROUTES = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
            """;
    private static final String READ_ONLY = ROUTES + """
            rules:
              - {id: read-only-by-default, readOnly: true}
            """;
    private static final String ISSUES_ONLY = ROUTES + """
            rules:
              - id: issues-only
                allowedActions: [create_github_issue]
                message: Only issues may be created from here.
            """;

    @TempDir
    private static Path data;

    private static Gateway gateway;
    private static AdminApi api;

    @BeforeAll
    static void start() {
        gateway = Gateway.up("java-client", data);
        api = gateway.api();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void backToTheStartingRule() {
        publishAndAwait(READ_ONLY);
    }

    @Test
    void startingRuleShowsReadingToolsOnly() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            assertThat(client.serverName()).isNotBlank();
            assertThat(client.toolNames())
                    .contains("list_entities", "list_blueprints", "describe_user_details")
                    .doesNotContain("delete_entity", "upsert_entity", "run_action", "trigger_run");
        }
    }

    @Test
    void allowedCallIsAnsweredByTheServerAndRecorded() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            var result = client.call("list_blueprints", Map.of());

            assertThat(result.isError()).isNotEqualTo(true);
            assertThat(JavaClient.text(result)).contains("service");
        }
        var record = Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> api.toolCalls("tool=list_blueprints"), records -> !records.isEmpty())
                .getFirst();
        assertThat(record.required("decision").asString()).isEqualTo("allowed");
        assertThat(record.required("outcome").asString()).isEqualTo("succeeded");
        assertThat(record.required("client_name").asString()).isEqualTo("acceptance");
    }

    @Test
    void refusedCallSaysWhyAndIsRecorded() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            var result = client.call("delete_entity", CHECKOUT);

            assertThat(result.isError()).isTrue();
            var denial = Denial.of(result);
            assertThat(JavaClient.text(result))
                    .startsWith("Blocked by policy:")
                    .contains("NOT executed", denial.exchange());
            assertThat(denial.rules()).containsExactly("read-only-by-default");
            var record = api.recordOf(denial.exchange());
            assertThat(record.required("decision").asString()).isEqualTo("denied");
            assertThat(record.required("tool").asString()).isEqualTo("delete_entity");
            assertThat(record.required("arguments").toString()).contains("checkout");
        }
    }

    @Test
    void publicationReachesTheRunningProxyWithinASecond() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            // Given
            assertThat(client.toolNames()).doesNotContain("run_action");

            // When
            api.publish(ISSUES_ONLY, "Issues may be created");

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(client.toolNames()).contains("run_action", "delete_entity"));
            var allowed = client.call("run_action", action("create_github_issue"));
            assertThat(allowed.isError()).as(JavaClient.text(allowed)).isNotEqualTo(true);
            var refused = client.call("run_action", action("deploy_service"));
            assertThat(refused.isError()).isTrue();
            assertThat(JavaClient.text(refused)).contains("Only issues may be created from here.");
            var record = api.recordOf(Denial.of(refused).exchange());
            assertThat(record.required("action").asString()).isEqualTo("deploy_service");
        }
    }

    @Test
    void killCutsEverybodyOffUntilItIsReleased() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            // Given
            assertThat(client.toolNames()).isNotEmpty();

            // When
            var kill = api.killEverything("a rehearsal");

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(JavaClient.httpStatusOf(catchThrowable(client::toolNames)))
                            .isEqualTo(403));
            api.release(kill);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(toolNamesOfNewClient()).contains("list_entities"));
            assertThat(api.toolCalls("outcome=denied"))
                    .anyMatch(record -> record.required("rules").toString().contains("kill:" + kill));
        }
    }

    private static List<String> toolNamesOfNewClient() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            return client.toolNames();
        }
    }

    private static Map<String, Object> action(String identifier) {
        return Map.of("actionIdentifier", identifier, "properties", Map.of("title", "Checkout is slow"));
    }

    private static void publishAndAwait(String document) {
        var version = api.publish(document, "as it was");
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> api.get("/replicas")
                        .required("items")
                        .valueStream()
                        .allMatch(replica -> replica.required("policyVersion").asLong() == version));
    }
}
