package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sandbox.catalogue.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class CatalogueToolsTest {

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
    void entitiesAreQueriedCountedGroupedAndPaged() {
        // Given
        var services = JsonObject.of("blueprintIdentifier", "service");
        var payments = Map.of(
                "combinator",
                "and",
                "rules",
                List.of(Map.of("property", "owner", "operator", "=", "value", "payments")));

        // Then
        assertThat(client.call("list_entities", services.with("countOnly", true).fields())
                        .fields())
                .isEqualTo(Map.of("count", 12));
        assertThat(client.call("list_entities", services.with("query", payments).fields())
                        .objects("entities"))
                .extracting(entity -> entity.text("identifier", ""))
                .containsExactly("payment-gateway", "ledger", "invoicing");
        assertThat(client.call("list_entities", services.with("groupBy", "tier").fields())
                        .object("groups")
                        .fields())
                .isEqualTo(Map.of("tier-1", 5, "tier-2", 4, "tier-3", 3));
        var page = client.call(
                "list_entities",
                services.with("limit", 5).with("include", List.of("title")).fields());
        assertThat(page.objects("entities")).hasSize(5);
        assertThat(page.flag("hasMoreEntities", false)).isTrue();
        assertThat(page.objects("entities").getFirst().has("scorecards")).isFalse();
    }

    @Test
    void upsertMergesUnlessToldOtherwise() {
        // When
        var merged = upsert(Map.of("identifier", "cart", "properties", Map.of("language", "Java")), true);
        var replaced = upsert(Map.of("identifier", "ledger", "properties", Map.of("language", "Go")), false);

        // Then
        assertThat(merged.flag("created", true)).isFalse();
        assertThat(merged.object("entity").object("properties").text("version")).contains("2.7.0");
        assertThat(replaced.object("entity").object("properties").fields()).isEqualTo(Map.of("language", "Go"));
    }

    @Test
    void entityMustFitItsBlueprint() {
        assertThat(client.failure(
                        "upsert_entity", entity(Map.of("identifier", "x", "properties", Map.of("tier", "best")))))
                .contains("tier");
        assertThat(client.failure(
                        "upsert_entity", entity(Map.of("identifier", "x", "relations", Map.of("owner", "nobody")))))
                .contains("nobody");
        assertThat(client.failure("upsert_entity", entity(Map.of("title", "No identifier"))))
                .contains("identifier");
    }

    @Test
    void deletedEntityIsGoneAndNothingPointsToIt() {
        // When
        client.call("delete_entity", Map.of("blueprintIdentifier", "service", "entityIdentifier", "invoicing"));

        // Then
        assertThat(client.failure(
                        "list_entities", Map.of("blueprintIdentifier", "service", "identifiers", List.of("invoicing"))))
                .contains("invoicing");
        assertThat(client.entity("incident", "incident-1041")
                        .object("relations")
                        .has("service"))
                .isFalse();
        assertThat(client.call("search_audit_logs", Map.of("action", "DELETE", "entity", "invoicing"))
                        .number("count", 0))
                .isEqualTo(1);
    }

    @Test
    void deletedBlueprintTakesItsEntitiesAlong() {
        // When
        var answer = client.call("delete_blueprint", Map.of("identifier", "service"));

        // Then
        assertThat(answer.number("deletedEntities", 0)).isEqualTo(12);
        assertThat(client.failure("list_entities", Map.of("blueprintIdentifier", "service")))
                .contains("No blueprint");
        assertThat(client.call("list_scorecards", Map.of()).number("count", -1)).isZero();
    }

    @Test
    void newScorecardGradesAtOnce() {
        // When
        client.call(
                "upsert_scorecard",
                Map.of(
                        "blueprintIdentifier",
                        "service",
                        "scorecard",
                        Map.of(
                                "identifier",
                                "kotlin",
                                "rules",
                                List.of(Map.of(
                                        "identifier",
                                        "is_kotlin",
                                        "level",
                                        "Gold",
                                        "query",
                                        Map.of(
                                                "combinator",
                                                "and",
                                                "conditions",
                                                List.of(Map.of(
                                                        "property",
                                                        "language",
                                                        "operator",
                                                        "=",
                                                        "value",
                                                        "Kotlin"))))))));

        // Then
        assertThat(level("cart")).isEqualTo("Gold");
        assertThat(level("ledger")).isEqualTo("Silver");
    }

    @Test
    void permissionsChangeWhereTheyAreGiven() {
        // When
        client.call(
                "update_action_permissions",
                Map.of(
                        "actionIdentifier",
                        "deploy_service",
                        "permissions",
                        Map.of("execute", Map.of("teams", List.of("identity")))));

        // Then
        var execute = client.call("get_action_permissions", Map.of("actionIdentifier", "deploy_service"))
                .object("permissions")
                .object("execute");
        assertThat(execute.texts("teams")).containsExactly("identity");
        assertThat(execute.texts("roles")).containsExactly("Admin", "Builder");
    }

    @Test
    void newActionRunsAndDeletedOneDoesNot() {
        // Given
        client.call(
                "upsert_action",
                Map.of(
                        "identifier", "say_hello",
                        "trigger", Map.of("type", "self-service", "operation", "CREATE", "userInputs", Map.of()),
                        "invocationMethod", Map.of("type", "WEBHOOK", "url", "https://hooks.acme.example/hello")));
        assertThat(client.call("run_action", Map.of("actionIdentifier", "say_hello"))
                        .has("run"))
                .isTrue();

        // When
        client.call("delete_action", Map.of("actionIdentifier", "say_hello"));

        // Then
        assertThat(client.failure("run_action", Map.of("actionIdentifier", "say_hello")))
                .contains("No action");
    }

    @Test
    void pagesFoldersAndWidgetsChange() {
        // When
        client.call("upsert_sidebar_folder", Map.of("identifier", "drafts", "title", "Drafts"));
        client.call("duplicate_page", Map.of("pageIdentifier", "incidents", "newIdentifier", "copy"));
        client.call("move_page", Map.of("pageIdentifier", "copy", "parent", "drafts"));
        client.call("delete_widget", Map.of("pageIdentifier", "copy", "widgetIdentifier", "by_severity"));
        client.call(
                "upsert_widget",
                Map.of("pageIdentifier", "copy", "widget", Map.of("identifier", "note", "type", "markdown")));

        // Then
        var page = client.call("get_page", Map.of("pageIdentifier", "copy")).object("page");
        assertThat(page.text("parent")).contains("drafts");
        assertThat(page.objects("widgets"))
                .extracting(widget -> widget.text("identifier", ""))
                .containsExactly("open_incidents", "note");
        client.call("delete_sidebar_folder", Map.of("identifier", "drafts"));
        assertThat(client.call("get_page", Map.of("pageIdentifier", "copy"))
                        .object("page")
                        .text("parent"))
                .contains("");
    }

    @Test
    void mappingIsTriedOnSamples() {
        // When
        var answer = client.call(
                "test_integration_mapping",
                Map.of(
                        "integrationIdentifier", "k8s-production",
                        "kind", "apps/v1/deployments",
                        "mapping", Map.of("identifier", ".metadata.name", "blueprint", "\"service\"")));

        // Then
        assertThat(answer.objects("entities").getFirst().fields())
                .isEqualTo(Map.of("identifier", "cart", "blueprint", "service"));
    }

    private String level(String service) {
        return client.entity("service", service)
                .object("scorecards")
                .object("kotlin")
                .text("level", "");
    }

    private JsonObject upsert(Map<String, Object> entity, boolean merge) {
        return client.call("upsert_entity", Map.of("blueprintIdentifier", "service", "entity", entity, "merge", merge));
    }

    private static Map<String, Object> entity(Map<String, Object> entity) {
        return Map.of("blueprintIdentifier", "service", "entity", entity);
    }
}
