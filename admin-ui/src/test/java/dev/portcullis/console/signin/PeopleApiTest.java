package dev.portcullis.console.signin;

import static dev.portcullis.database.gateway.Tables.ADMINISTRATORS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;

class PeopleApiTest {
    private static final String JSON = "application/json";

    private final RunningConsole console = RunningConsole.shared();

    @Test
    void newPersonSignsInWithTheOneTimePassword() {
        // When
        var made = console.post("/api/v1/people", "{\"username\": \"eve\", \"roles\": [\"EDITOR\", \"VIEWER\"]}");

        // Then
        var person = RunningConsole.json(made);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(person.path("mustChangePassword").asBoolean()).isTrue();
        var eve = new Visitor(console);
        assertThat(eve.signIn("eve", person.path("password").asString())).doesNotContain("sign-in");
        assertThat(eve.isIn()).isTrue();
        assertThat(console.get("/api/v1/people").body())
                .contains("\"eve\"", "lastSignedInAt")
                .doesNotContain("pbkdf2");
        assertThat(console.eventDetails("eve")).containsExactly("administrator.created {roles=VIEWER,EDITOR}");
    }

    @Test
    void lockedPersonIsOutAtOnceAndStaysOut() {
        // Given
        var password = made("lea", Roles.VIEWER);
        var lea = new Visitor(console);
        lea.signIn("lea", password);
        assertThat(lea.isIn()).isTrue();

        // When
        var locked = console.send("PUT", "/api/v1/people/lea/lock", JSON, "");

        // Then
        assertThat(RunningConsole.json(locked).path("lockedBy").asString()).isEqualTo("token:first");
        assertThat(lea.isIn()).isFalse();
        assertThat(lea.signIn("lea", password)).endsWith("/sign-in?closed");
        assertThat(lea.signIn("lea", "a guess")).endsWith("/sign-in?error");
        console.send("DELETE", "/api/v1/people/lea/lock", JSON, "");
        assertThat(lea.signIn("lea", password)).doesNotContain("sign-in");
        assertThat(console.eventDetails("lea"))
                .contains(
                        "administrator.locked {after=locked, before=open}",
                        "administrator.unlocked {after=open, before=locked}");
    }

    @Test
    void personWhomAnotherConsoleHasLockedIsSoonOut() {
        // Given
        var password = made("rob", Roles.VIEWER);
        var rob = new Visitor(console);
        rob.signIn("rob", password);

        // When
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .update(ADMINISTRATORS)
                .set(ADMINISTRATORS.REVISION, ADMINISTRATORS.REVISION.plus(1))
                .where(ADMINISTRATORS.USERNAME.eq("rob"))
                .execute();

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> !rob.isIn());
    }

    @Test
    void changedRolesResetPasswordAndRemovalEndSessions() {
        // Given
        var max = new Visitor(console);
        max.signIn("max", made("max", Roles.VIEWER));

        // When
        console.send("PUT", "/api/v1/people/max/roles", JSON, "{\"roles\": [\"APPROVER\"]}");

        // Then
        assertThat(max.isIn()).isFalse();

        // When
        var reset = RunningConsole.json(console.post("/api/v1/people/max/password", ""))
                .path("password")
                .asString();

        // Then
        assertThat(max.signIn("max", reset)).doesNotContain("sign-in");

        // When
        var removed = console.send("DELETE", "/api/v1/people/max", JSON, "");

        // Then
        assertThat(removed.statusCode()).isEqualTo(204);
        assertThat(max.isIn()).isFalse();
        assertThat(max.signIn("max", reset)).endsWith("/sign-in?error");
        assertThat(console.eventDetails("max"))
                .contains(
                        "administrator.changed {after=APPROVER, before=VIEWER}",
                        "password.reset {}",
                        "administrator.removed {roles=APPROVER}");
    }

    @Test
    void lastAdminStays() {
        assertThat(console.send("DELETE", "/api/v1/people/admin", JSON, "").statusCode())
                .isEqualTo(409);
        assertThat(console.send("PUT", "/api/v1/people/admin/lock", JSON, "").body())
                .contains("last admin");
        assertThat(console.send("PUT", "/api/v1/people/admin/roles", JSON, "{\"roles\": [\"AUDITOR\"]}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void secondOfTwoAdminsIsTold() {
        // Given
        made("zoe", Roles.VIEWER);
        var seen =
                console.get("/api/v1/people/zoe").headers().firstValue("etag").orElseThrow();

        // When
        var first = changeRoles(console.token(), "zoe", seen, "EDITOR");
        var second = changeRoles(console.token(), "zoe", seen, "APPROVER");

        // Then
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(console.get("/api/v1/people/zoe").body()).contains("EDITOR").doesNotContain("APPROVER");
        assertThat(send("POST", "/api/v1/people/zoe/password", seen).statusCode())
                .isEqualTo(412);
        assertThat(send("DELETE", "/api/v1/people/zoe", seen).statusCode()).isEqualTo(412);
        var now = first.headers().firstValue("etag").orElseThrow();
        assertThat(send("DELETE", "/api/v1/people/zoe", now).statusCode()).isEqualTo(204);
    }

    @Test
    void onlyAuditorsLetOthersSeeWhatCallersHaveSent() {
        // Given
        var admin = console.tokenWith(Roles.ADMIN);
        made("ann", Roles.AUDITOR);
        made("bob", Roles.VIEWER);

        // Then
        assertThat(sendAs(admin, "POST", "/api/v1/people", "{\"username\": \"ian\", \"roles\": [\"AUDITOR\"]}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(changeRoles(admin, "bob", "*", "AUDITOR").statusCode()).isEqualTo(403);
        assertThat(sendAs(admin, "POST", "/api/v1/people/ann/password", "").statusCode())
                .isEqualTo(403);
        assertThat(sendAs(admin, "POST", "/api/v1/people/bob/password", "").statusCode())
                .isEqualTo(200);
        assertThat(changeRoles(admin, "ann", "*", "VIEWER").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"username": "Eve", "roles": ["VIEWER"]}      | 400 | username: Eve
            {"roles": ["VIEWER"]}                         | 400 | username: (expected)
            {"username": "x", "roles": []}                | 400 | VIEWER, AUDITOR, EDITOR, APPROVER, ADMIN
            {"username": "x", "roles": ["BUNDLES"]}       | 400 | BUNDLES
            {"username": "admin", "roles": ["VIEWER"]}    | 409 | admin already
            """)
    void wrongPersonIsRefused(String body, int status, String words) {
        var response = console.post("/api/v1/people", body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(words);
    }

    @Test
    void unknownPersonIsNotFound() {
        assertThat(console.get("/api/v1/people/nobody").statusCode()).isEqualTo(404);
        assertThat(console.send("DELETE", "/api/v1/people/nobody", JSON, "").statusCode())
                .isEqualTo(404);
    }

    /// Whoever names the revision that an auditor has after they lost the role must not give it back to them.
    @Test
    void auditorOfAMomentAgoIsNotMadeOneAgain() throws Exception {
        // Given
        made("otto", Roles.AUDITOR);
        var admin = console.tokenWith(Roles.ADMIN);
        try (var connection = console.database().dataSource().getConnection();
                var other = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            sql.execute("lock table {0} in share row exclusive mode", ADMINISTRATORS);
            var revision = sql.fetchSingle(ADMINISTRATORS, ADMINISTRATORS.USERNAME.eq("otto"))
                    .getRevision();

            // When
            var given = other.submit(() -> console.send(HttpRequest.newBuilder(console.uri("/api/v1/people/otto/roles"))
                    .header("Authorization", "Bearer " + admin)
                    .header("Content-Type", JSON)
                    .header("If-Match", "\"" + (revision + 1) + "\"")
                    .PUT(BodyPublishers.ofString("{\"roles\": [\"AUDITOR\"]}"))));
            await().atMost(Duration.ofSeconds(10)).until(() -> given.isDone() || isWaiting());
            sql.update(ADMINISTRATORS)
                    .set(ADMINISTRATORS.ROLES, new String[] {Roles.VIEWER})
                    .set(ADMINISTRATORS.REVISION, revision + 1)
                    .where(ADMINISTRATORS.USERNAME.eq("otto"))
                    .execute();
            connection.commit();

            // Then
            assertThat(given.get().statusCode()).isEqualTo(412);
        }
        assertThat(RunningConsole.json(console.get("/api/v1/people/otto"))
                        .path("roles")
                        .toString())
                .isEqualTo("[\"VIEWER\"]");
    }

    /// Whether somebody waits for the table.
    private boolean isWaiting() {
        return DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                        .fetchSingle("select count(*) from pg_locks where not granted and relation ="
                                + " 'gateway.administrators'::regclass")
                        .get(0, Integer.class)
                > 0;
    }

    private String made(String username, String role) {
        return RunningConsole.json(console.post(
                        "/api/v1/people", "{\"username\": \"" + username + "\", \"roles\": [\"" + role + "\"]}"))
                .path("password")
                .asString();
    }

    private HttpResponse<String> send(String method, String path, String seen) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", "Bearer " + console.token())
                .header("If-Match", seen)
                .method(method, BodyPublishers.noBody()));
    }

    private HttpResponse<String> changeRoles(String token, String username, String seen, String role) {
        return console.send(HttpRequest.newBuilder(console.uri("/api/v1/people/" + username + "/roles"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .header("If-Match", seen)
                .PUT(BodyPublishers.ofString("{\"roles\": [\"" + role + "\"]}")));
    }

    private HttpResponse<String> sendAs(String token, String method, String path, String body) {
        return console.send(HttpRequest.newBuilder(console.uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", JSON)
                .method(method, BodyPublishers.ofString(body)));
    }
}
