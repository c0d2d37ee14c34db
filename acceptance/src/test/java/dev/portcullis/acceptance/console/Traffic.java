package dev.portcullis.acceptance.console;

import dev.portcullis.acceptance.Gateway;
import dev.portcullis.acceptance.JavaClient;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Map;

/// What has happened at the gateway when a test first looks: two changes of the policy; calls of a
/// person who does not sign in and of a program with a key, some allowed, some refused, some that the
/// tool could not do; a kill that was engaged, obeyed and released.
record Traffic(Gateway gateway) {
    static final String OPEN_ROUTE = "port-eu";
    static final String KEYED_ROUTE = "port-us";
    static final String KEY_NAME = "ci-deployer";
    static final String KILL_REASON = "Scorecards are being rebuilt";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JSON_TYPE = "application/json";
    private static final String FIRST_RULES = """
            apiVersion: portcullis/v1
            organization: acme

            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
              port-us: {upstream: sandbox, profile: port, authentication: gateway}

            rules:
              - id: issues-only
                description: Agents may create issues, and run nothing else
                allowedActions: [create_github_issue]
                message: Deployments are made by people. Ask platform@acme.example.
            """;
    private static final String SECOND_RULES = FIRST_RULES + """

              - id: nothing-is-deleted
                description: What is gone is gone
                deniedTools: ["delete_*"]
                message: Nothing is deleted through MCP.

              - id: no-new-scorecards
                description: Whom would it hurt? Not enforced yet
                mode: observe
                deniedTools: ["*_scorecard*"]
            """;

    void happen() {
        var api = gateway.api();
        api.publish(FIRST_RULES, "Agents may create issues");
        api.publish(SECOND_RULES, "Nothing is deleted");
        var key = makeKey(KEY_NAME);
        workWithoutSigningIn();
        workWithTheKey(key);
        stopScorecards(key);
        await("tool=delete_entity");
        await("tool=list_scorecards&route=" + KEYED_ROUTE);
    }

    /// @return the key, good for every route
    String makeKey(String name) {
        return post("/api-keys", Map.of("name", name)).required("key").asString();
    }

    private void workWithoutSigningIn() {
        try (var client = JavaClient.connect(gateway.proxy(), OPEN_ROUTE, "assistant", Map.of())) {
            client.toolNames();
            client.call("list_blueprints", Map.of());
            client.call("list_entities", Map.of("blueprintIdentifier", "service"));
            client.call("list_scorecards", Map.of());
            client.call(
                    "run_action",
                    Map.of(
                            "actionIdentifier",
                            "create_github_issue",
                            "properties",
                            Map.of("title", "Checkout is slow")));
            client.call("run_action", Map.of("actionIdentifier", "deploy_service", "entityIdentifier", "checkout"));
            client.call("delete_entity", Map.of("blueprintIdentifier", "service", "entityIdentifier", "checkout"));
            client.call("list_entities", Map.of("blueprintIdentifier", "nowhere"));
        }
    }

    private void workWithTheKey(String key) {
        try (var client = connect(key)) {
            client.toolNames();
            client.call("list_entities", Map.of("blueprintIdentifier", "service"));
            client.call("run_action", Map.of("actionIdentifier", "deploy_service", "entityIdentifier", "checkout"));
        }
    }

    private void stopScorecards(String key) {
        var kill = post(
                "/kills", Map.of("scope", Map.of("tools", new String[] {"list_scorecards"}), "reason", KILL_REASON));
        var id = kill.required("id").asString();
        Awaitility.await("every replica obeys").atMost(Duration.ofSeconds(20)).until(() -> obeyed(id));
        try (var client = connect(key)) {
            client.call("list_scorecards", Map.of());
        }
        gateway.api().release(id + "?reason=They+are+ready");
    }

    private boolean obeyed(String kill) {
        return gateway.api()
                .get("/kills")
                .required("items")
                .valueStream()
                .filter(found -> found.required("id").asString().equals(kill))
                .anyMatch(found -> !found.required("acknowledgements").isEmpty());
    }

    private JavaClient connect(String key) {
        return connect(key, "deployer");
    }

    /// A program with a key, on the route that asks for one. Whoever connects it closes it.
    JavaClient connect(String key, String software) {
        return JavaClient.connect(gateway.proxy(), KEYED_ROUTE, software, Map.of("Authorization", "Bearer " + key));
    }

    private void await(String filter) {
        Awaitility.await(filter)
                .atMost(Duration.ofSeconds(20))
                .until(() -> !gateway.api().toolCalls(filter).isEmpty());
    }

    private JsonNode post(String path, Map<String, ?> body) {
        var answer = gateway.api().send("POST", path, JSON_TYPE, JSON.writeValueAsString(body));
        Assertions.assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }
}
