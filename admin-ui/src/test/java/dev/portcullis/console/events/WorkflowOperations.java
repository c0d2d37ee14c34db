package dev.portcullis.console.events;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.AdminToken;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Supplier;

/// What can be changed about approval, scheduled publication, regression tests and the modes of rules, and the events
/// it leaves.
final class WorkflowOperations {
    private static final String JSON = "application/json";
    private static final String PROPOSALS = "/api/v1/policy/proposals";
    private static final String TESTS = "/api/v1/policy/tests";

    private final RunningConsole console;

    private WorkflowOperations(RunningConsole console) {
        this.console = console;
    }

    interface Register {
        /// @param events names, with spaces between
        void put(String operation, String events, Supplier<Integer> request);
    }

    static void add(RunningConsole console, Register all) {
        new WorkflowOperations(console).add(all);
    }

    private void add(Register all) {
        all.put("post /api/v1/policy/draft/rules/{id}/demote", "draft.saved", () -> mode("demote"));
        all.put("post /api/v1/policy/draft/rules/{id}/promote", "draft.saved", () -> mode("promote"));
        all.put(
                "put /api/v1/policy/tests/{name}",
                "policy_test.saved",
                () -> send(
                        "PUT",
                        TESTS + "/a",
                        "{\"when\": {\"call\": \"list_entities\"}, \"then\": {\"allowed\": true}}"));
        all.put("delete /api/v1/policy/tests/{name}", "policy_test.deleted", () -> send("DELETE", TESTS + "/a", ""));
        all.put(
                "post /api/v1/policy/tests/import",
                "policy_test.saved",
                () -> send(
                        "POST",
                        TESTS + "/import",
                        "{\"title\": \"t\", \"cases\": [{\"when\": {\"call\": \"list_entities\"}, \"then\": {\"allowed\": true}}]}"));
        all.put("put /api/v1/settings/approval", "approval.changed", () -> approval(true));
        all.put(PROPOSALS_OF + "refresh", "proposal.made proposal.withdrawn proposal.made", () -> {
            return propose() + send("POST", newest() + "/refresh", "") - 202;
        });
        all.put(
                PROPOSALS_OF + "reject",
                "proposal.rejected",
                () -> send("POST", newest() + "/reject", "{\"reason\": \"r\"}"));
        all.put(PROPOSALS_OF + "withdraw", "proposal.made proposal.withdrawn", () -> {
            return propose() + send("POST", newest() + "/withdraw", "") - 202;
        });
        all.put(PROPOSALS_OF + "approve", "proposal.made proposal.approved policy.published", () -> {
            return propose() + approve("{\"comment\": \"c\"}") - 202;
        });
        all.put(
                PROPOSALS_OF + "cancel",
                "proposal.made proposal.approved publication.scheduled proposal.cancelled approval.changed",
                () -> {
                    propose();
                    approve("{\"comment\": \"c\", \"at\": \""
                            + OffsetDateTime.now().plusHours(1) + "\"}");
                    approval(false);
                    return send("POST", newest() + "/cancel", "");
                });
    }

    private static final String PROPOSALS_OF = "post /api/v1/policy/proposals/{id}/";

    private int mode(String change) {
        return send("POST", "/api/v1/policy/draft/rules/read-only-by-default/" + change, "");
    }

    private int approval(boolean required) {
        return send("PUT", "/api/v1/settings/approval", "{\"required\": " + required + "}");
    }

    private int propose() {
        return send("POST", "/api/v1/policy/publish", "{\"comment\": \"c\"}");
    }

    private int approve(String body) {
        return console.send(HttpRequest.newBuilder(console.uri(newest() + "/approve"))
                        .header("Authorization", "Bearer " + second())
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    /// Somebody else's token.
    private String second() {
        var token = AdminToken.random();
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(ADMIN_TOKENS)
                .set(ADMIN_TOKENS.ID, UUID.randomUUID())
                .set(ADMIN_TOKENS.NAME, "second")
                .set(ADMIN_TOKENS.TOKEN_HASH, token.hash())
                .set(ADMIN_TOKENS.ROLES, new String[] {"APPROVER"})
                .set(ADMIN_TOKENS.MAKER, "second")
                .execute();
        return token.text();
    }

    private String newest() {
        return PROPOSALS + "/"
                + RunningConsole.json(console.get(PROPOSALS)).at("/items/0/id").asString();
    }

    private int send(String method, String path, String body) {
        return console.send(method, path, JSON, body).statusCode();
    }
}
