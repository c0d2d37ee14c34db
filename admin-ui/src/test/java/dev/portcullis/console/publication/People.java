package dev.portcullis.console.publication;

import static dev.portcullis.database.gateway.Tables.ADMIN_TOKENS;
import static dev.portcullis.database.gateway.Tables.PROPOSALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.AdminToken;
import dev.portcullis.console.access.Roles;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/// Several people at one console, through tokens that they made.
final class People {
    static final String YAML = "application/yaml";
    static final String JSON = "application/json";

    private final RunningConsole console;
    private final DSLContext sql;
    private int tokens;

    /// Ada writes policies and approves others'.
    final String ada;

    /// Bob approves.
    final String bob;

    People(RunningConsole console) {
        this.console = console;
        this.sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        this.ada = tokenOf("ada", Roles.EDITOR, Roles.APPROVER);
        this.bob = tokenOf("bob", Roles.APPROVER);
    }

    /// A token that somebody made.
    String tokenOf(String maker, String... roles) {
        var token = AdminToken.random();
        sql.insertInto(ADMIN_TOKENS)
                .set(ADMIN_TOKENS.ID, UUID.randomUUID())
                .set(ADMIN_TOKENS.NAME, maker + "-" + ++tokens)
                .set(ADMIN_TOKENS.TOKEN_HASH, token.hash())
                .set(ADMIN_TOKENS.ROLES, roles)
                .set(ADMIN_TOKENS.MAKER, maker)
                .execute();
        return token.text();
    }

    HttpResponse<String> send(String token, String method, String path, String type, String body) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String token, String path, String body) {
        return send(token, "POST", path, JSON, body);
    }

    void approvalIs(boolean required) {
        var answer = console.send("PUT", "/api/v1/settings/approval", JSON, "{\"required\": " + required + "}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    /// Ada proposes, or publishes, a document with this message.
    HttpResponse<String> publish(String message, String more) {
        console.send("PUT", "/api/v1/policy/draft", YAML, RunningConsole.DOCUMENT.formatted(message));
        return post(ada, "/api/v1/policy/publish", "{\"comment\": \"" + message + "\"" + more + "}");
    }

    /// The number of what waits.
    long proposed(String message, String more) {
        return proposedBy(ada, message, more);
    }

    /// The same of somebody else.
    long proposedBy(String token, String message, String more) {
        console.send("PUT", "/api/v1/policy/draft", YAML, RunningConsole.DOCUMENT.formatted(message));
        var answer = post(token, "/api/v1/policy/publish", "{\"comment\": \"" + message + "\"" + more + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return RunningConsole.json(answer).at("/proposal/id").asLong();
    }

    HttpResponse<String> approve(String token, long proposal) {
        return post(token, "/api/v1/policy/proposals/" + proposal + "/approve", "{\"comment\": \"looks good\"}");
    }

    JsonNode proposal(long id) {
        return RunningConsole.json(console.get("/api/v1/policy/proposals/" + id));
    }

    String inForce() {
        return console.get("/api/v1/policy").body();
    }

    /// A time in an hour, as a member of a body.
    static String inAnHour() {
        return ", \"at\": \"" + OffsetDateTime.now().plusHours(1) + "\"";
    }

    void revoke(String token) {
        sql.update(ADMIN_TOKENS)
                .set(ADMIN_TOKENS.REVOKED_AT, OffsetDateTime.now())
                .where(ADMIN_TOKENS.TOKEN_HASH.eq(new AdminToken(token).hash()))
                .execute();
    }

    /// Has it that a token was good for no longer than until now.
    void end(String token) {
        sql.update(ADMIN_TOKENS)
                .set(ADMIN_TOKENS.EXPIRES_AT, OffsetDateTime.now().minusSeconds(1))
                .where(ADMIN_TOKENS.TOKEN_HASH.eq(new AdminToken(token).hash()))
                .execute();
    }

    /// Has it that somebody proposed it on the screen.
    void isBy(String username, long id) {
        sql.update(PROPOSALS)
                .set(PROPOSALS.AUTHOR, username)
                .set(PROPOSALS.AUTHOR_PERSON, username)
                .where(PROPOSALS.ID.eq(id))
                .execute();
    }

    /// Lets a scheduled publication have been due for some time.
    void due(long id, Duration since) {
        sql.update(PROPOSALS)
                .set(PROPOSALS.PUBLISH_AT, OffsetDateTime.now().minus(since))
                .where(PROPOSALS.ID.eq(id))
                .execute();
    }
}
