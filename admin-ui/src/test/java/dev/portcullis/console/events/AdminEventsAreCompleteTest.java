package dev.portcullis.console.events;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;
import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Whatever changes something leaves an event that names who did it. The description of the API says what there is: an
/// operation that is new to this test fails it.
class AdminEventsAreCompleteTest {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";
    private static final String END =
            "{\"expiresAt\": \"" + OffsetDateTime.now().plusDays(1) + "\"}";
    private static final String DOCUMENT = RunningConsole.DOCUMENT.formatted("x");
    private static final Set<String> VERBS = Set.of("post", "put", "delete", "patch");

    /// They only compute.
    private static final Set<String> HARMLESS = Set.of(
            "post /api/v1/policy/validate",
            "post /api/v1/policy/evaluate",
            "post /api/v1/audit/retention/preview",
            "post /api/v1/policy/tests/run",
            "delete /api/v1/policy/replay/{id}");

    /// What is asked for, and the event it leaves.
    private record Change(String event, Supplier<Integer> request) {}

    private static RunningConsole console;
    private static DSLContext sql;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void everyOperationThatChangesSomethingIsRecorded() {
        // Given
        console.send("PUT", "/api/v1/policy", YAML, DOCUMENT);
        listed("list_entities");
        var order = operations();
        var described = new TreeSet<String>();
        RunningConsole.json(console.get("/api/openapi.json"))
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(VERBS::contains)
                        .map(verb -> verb + " " + path.getKey())
                        .filter(operation -> !HARMLESS.contains(operation))
                        .forEach(described::add));

        // Then
        assertThat(order.keySet()).containsExactlyInAnyOrderElementsOf(described);
        order.forEach((operation, change) -> {
            var before = sql.select(ADMIN_EVENTS.ID).from(ADMIN_EVENTS).fetch(ADMIN_EVENTS.ID);
            assertThat(change.request().get()).as(operation).isBetween(200, 299);
            assertThat(sql.select(ADMIN_EVENTS.EVENT)
                            .from(ADMIN_EVENTS)
                            .where(ADMIN_EVENTS.ID.notIn(before))
                            .fetch(ADMIN_EVENTS.EVENT))
                    .as(operation)
                    .containsExactlyInAnyOrder(change.event().split(" "));
        });
        assertThat(sql.fetchCount(ADMIN_EVENTS, ADMIN_EVENTS.ACTOR.notIn("token:first", "token:second", "system")))
                .isZero();
    }

    @Test
    void firstAdministratorAndFirstTokenAreRecorded() {
        assertThat(console.events("administrator.created")).contains("system administrator.created");
        assertThat(console.events("admin_token.created")).contains("system admin_token.created");
    }

    @Test
    void discardedDraftIsRecordedWithDigestsOnly() {
        var saved =
                console.send("PUT", "/api/v1/policy/draft", YAML, RunningConsole.DOCUMENT.formatted("a secret plan"));
        assertThat(saved.statusCode()).isEqualTo(204);
        assertThat(console.eventDetails("draft"))
                .filteredOn(event -> event.startsWith("draft."))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event).contains("after=sha256:").doesNotContain("secret plan"));
    }

    /// In an order in which each is possible.
    private static Map<String, Change> operations() {
        var all = new LinkedHashMap<String, Change>();
        all.put(
                "put /api/v1/policy",
                new Change("policy.published", () -> send("PUT", "/api/v1/policy?comment=c", YAML, DOCUMENT)));
        all.put(
                "put /api/v1/policy/draft",
                new Change("draft.saved", () -> send("PUT", "/api/v1/policy/draft", YAML, DOCUMENT + " ")));
        all.put(
                "delete /api/v1/policy/draft",
                // the document's and the modules'
                new Change("draft.discarded draft.discarded", () -> send("DELETE", "/api/v1/policy/draft", JSON, "")));
        all.put(
                "put /api/v1/policy/draft/modules",
                new Change(
                        "draft.saved", () -> send("PUT", "/api/v1/policy/draft/modules", JSON, "{\"modules\": []}")));
        all.put(
                "post /api/v1/policy/publish",
                new Change(
                        "policy.published",
                        () -> send("POST", "/api/v1/policy/publish", JSON, "{\"comment\": \"c\"}")));
        all.put(
                "post /api/v1/policy/versions/{version}/restore",
                new Change("policy.restored", () -> send("POST", "/api/v1/policy/versions/1/restore", JSON, "")));
        WorkflowOperations.add(console, (operation, event, request) -> all.put(operation, new Change(event, request)));
        all.put(
                "post /api/v1/policy/replay",
                new Change("policy.replayed", () -> send("POST", "/api/v1/policy/replay", JSON, "{}")));
        all.put(
                "post /api/v1/kills",
                new Change(
                        "kill.engaged",
                        () -> send(
                                "POST",
                                "/api/v1/kills",
                                JSON,
                                "{\"scope\": {\"tools\": [\"x\"]}, \"reason\": \"r\"}")));
        all.put(
                "delete /api/v1/kills/{id}",
                new Change("kill.released", () -> send("DELETE", first("/api/v1/kills"), JSON, "")));
        all.put(
                "post /api/v1/api-keys",
                new Change("api_key.created", () -> send("POST", "/api/v1/api-keys", JSON, "{\"name\": \"k\"}")));
        all.put(
                "post /api/v1/revocations",
                new Change(
                        "revocation.made",
                        () -> send(
                                "POST",
                                "/api/v1/revocations",
                                JSON,
                                "{\"kind\": \"grant\", \"subject\": \"corp:ada\", \"reason\": \"r\"}")));
        all.put(
                "delete /api/v1/revocations/{id}",
                new Change("revocation.lifted", () -> send("DELETE", first("/api/v1/revocations"), JSON, "")));
        all.put(
                "delete /api/v1/api-keys/{id}",
                new Change("api_key.revoked", () -> send("DELETE", first("/api/v1/api-keys"), JSON, "")));
        all.put(
                "post /api/v1/admin-tokens",
                new Change(
                        "admin_token.created",
                        () -> send(
                                "POST", "/api/v1/admin-tokens", JSON, "{\"name\": \"a\", \"roles\": [\"AUDITOR\"]}")));
        all.put(
                "put /api/v1/admin-tokens/{id}/end",
                new Change(
                        "admin_token.changed", () -> send("PUT", first("/api/v1/admin-tokens") + "/end", JSON, END)));
        all.put(
                "delete /api/v1/admin-tokens/{id}/end",
                new Change(
                        "admin_token.changed", () -> send("DELETE", first("/api/v1/admin-tokens") + "/end", JSON, "")));
        all.put(
                "delete /api/v1/admin-tokens/{id}",
                new Change("admin_token.revoked", () -> send("DELETE", first("/api/v1/admin-tokens"), JSON, "")));
        all.put(
                "put /api/v1/credentials/{name}",
                new Change(
                        "credential.set",
                        () -> send(
                                "PUT",
                                "/api/v1/credentials/c",
                                JSON,
                                "{\"kind\": \"header\", \"settings\": {\"upstreams\": [\"https://example.com\"], \"header\": \"X-Key\"}, \"secret\": \"s\"}")));
        all.put(
                "put /api/v1/credentials/{name}/secret",
                new Change(
                        "credential.set",
                        () -> send("PUT", "/api/v1/credentials/c/secret", JSON, "{\"secret\": \"t\"}")));
        all.put(
                "put /api/v1/credentials/{name}/end",
                new Change("credential.changed", () -> send("PUT", "/api/v1/credentials/c/end", JSON, END)));
        all.put(
                "delete /api/v1/credentials/{name}/end",
                new Change("credential.changed", () -> send("DELETE", "/api/v1/credentials/c/end", JSON, "")));
        all.put(
                "delete /api/v1/credentials/{name}",
                new Change("credential.removed", () -> send("DELETE", "/api/v1/credentials/c", JSON, "")));
        all.put(
                "post /api/v1/audit/holds",
                new Change(
                        "legal_hold.placed", () -> send("POST", "/api/v1/audit/holds", JSON, "{\"reason\": \"r\"}")));
        all.put(
                "put /api/v1/audit/retention",
                new Change(
                        "retention.changed",
                        () -> send(
                                "PUT",
                                "/api/v1/audit/retention",
                                JSON,
                                "{\"retention\": \"36500d\", \"organizations\": {}, \"reason\": \"r\"}")));
        all.put(
                "delete /api/v1/audit/holds/{id}",
                new Change(
                        "legal_hold.released",
                        () -> send("DELETE", first("/api/v1/audit/holds") + "?reason=r", JSON, "")));
        all.put(
                "put /api/v1/tools/{route}/{name}",
                new Change(
                        "policy.published",
                        () -> send(
                                "PUT", "/api/v1/tools/port-eu/list_entities", JSON, "{\"definition\": \"current\"}")));
        all.put("post /api/v1/tools/{route}/accept", new Change("policy.published", () -> {
            listed("later");
            return send("POST", "/api/v1/tools/port-eu/accept", JSON, "{\"tools\": [\"later\"]}");
        }));
        all.put(
                "post /api/v1/tools/{route}/block",
                new Change(
                        "policy.published",
                        () -> send(
                                "POST",
                                "/api/v1/tools/port-eu/block",
                                JSON,
                                "{\"tools\": [\"later\"], \"reason\": \"It leaks.\"}")));
        all.put(
                "delete /api/v1/tools/{route}/{name}",
                new Change("policy.published", () -> send("DELETE", "/api/v1/tools/port-eu/list_entities", JSON, "")));
        all.putAll(people());
        return all;
    }

    private static Map<String, Change> people() {
        var all = new LinkedHashMap<String, Change>();
        all.put(
                "post /api/v1/people",
                new Change(
                        "administrator.created",
                        () -> send("POST", "/api/v1/people", JSON, "{\"username\": \"p\", \"roles\": [\"VIEWER\"]}")));
        all.put(
                "put /api/v1/people/{username}/roles",
                new Change(
                        "administrator.changed",
                        () -> send("PUT", "/api/v1/people/p/roles", JSON, "{\"roles\": [\"EDITOR\"]}")));
        all.put(
                "put /api/v1/people/{username}/lock",
                new Change("administrator.locked", () -> send("PUT", "/api/v1/people/p/lock", JSON, "")));
        all.put(
                "delete /api/v1/people/{username}/lock",
                new Change("administrator.unlocked", () -> send("DELETE", "/api/v1/people/p/lock", JSON, "")));
        all.put(
                "post /api/v1/people/{username}/password",
                new Change("password.reset", () -> send("POST", "/api/v1/people/p/password", JSON, "")));
        all.put(
                "delete /api/v1/people/{username}",
                new Change("administrator.removed", () -> send("DELETE", "/api/v1/people/p", JSON, "")));
        return all;
    }

    private static int send(String method, String path, String type, String body) {
        return console.send(method, path, type, body).statusCode();
    }

    /// The address of the first of a list; tokens are in the order of their names, and the first one stays.
    private static String first(String list) {
        return list + "/"
                + RunningConsole.json(console.get(list)).at("/items/0/id").asString();
    }

    private static void listed(String tool) {
        var at = OffsetDateTime.parse("2026-11-20T12:00:00Z");
        sql.insertInto(TOOLS).values("port-eu", tool, at, at, 1L).execute();
        sql.insertInto(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.ROUTE, "port-eu")
                .set(TOOL_DEFINITIONS.TOOL, tool)
                .set(TOOL_DEFINITIONS.DEFINITION, "sha256:" + "1".repeat(64))
                .set(TOOL_DEFINITIONS.TEXT, "{}")
                .set(TOOL_DEFINITIONS.CHARACTERS, 2)
                .set(TOOL_DEFINITIONS.FIRST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LAST_SEEN_AT, at)
                .set(TOOL_DEFINITIONS.LISTINGS, 1L)
                .execute();
    }
}
