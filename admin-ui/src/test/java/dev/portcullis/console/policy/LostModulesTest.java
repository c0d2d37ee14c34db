package dev.portcullis.console.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A document and an organization's own Rego, published side by side.
class LostModulesTest {
    private static final String PUBLISH = "insert into gateway.policy_versions"
            + " (document, comment, author, modules, compiled_modules) values ({0}, 'c', 'a', cast({1} as jsonb), {2})";

    private final RunningConsole console = RunningConsole.shared();
    private final DSLContext sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);

    @AfterEach
    void publishWithoutModules() {
        sql.execute(PUBLISH, DSL.val(document("after")), DSL.val("[]"), DSL.castNull(byte[].class));
    }

    @Test
    void modulesPublishedMeanwhileAreNotLostToWhoPublishesADocument() throws Exception {
        // Given a document without modules in force
        assertThat(publish("before").statusCode()).isEqualTo(201);

        // When somebody publishes another document, and somebody else modules before that is written
        var slow = sql.transactionResult(transaction -> {
            transaction.dsl().execute("select pg_advisory_xact_lock({0})", DSL.val(0x706f6c696379L));
            var publishing = CompletableFuture.supplyAsync(() -> publish("slow"));
            await().until(() ->
                    sql.fetchCount(DSL.table("pg_locks"), DSL.condition("locktype = 'advisory' and not granted")) > 0);
            publishModules(transaction.dsl());
            return publishing;
        });
        slow.get(60, TimeUnit.SECONDS);

        // Then what is in force has the modules, whatever became of the document
        assertThat(console.get("/api/v1/policy/modules").body()).contains("freeze.rego");
    }

    @Test
    void staleWriteIsRefusedBeforeAnythingIsCompiled() {
        // Given modules in force that nobody can publish again
        assertThat(publish("before").statusCode()).isEqualTo(201);
        publishModules(sql);
        assertThat(publish("after").statusCode()).isEqualTo(422);

        // When
        var stale = console.send(console.request("/api/v1/policy?comment=c")
                .header("If-Match", "\"version-0\"")
                .header("Content-Type", "application/yaml")
                .PUT(BodyPublishers.ofString(document("mine"))));

        // Then
        assertThat(stale.statusCode()).isEqualTo(412);
    }

    /// Such as cannot be evaluated.
    private static void publishModules(DSLContext sql) {
        sql.execute(
                PUBLISH,
                DSL.val(document("with modules")),
                DSL.val("[{\"path\": \"freeze.rego\", \"source\": \"package portcullis.custom\"}]"),
                DSL.val(new byte[] {0, 'a', 's', 'm'}));
    }

    private java.net.http.HttpResponse<String> publish(String message) {
        return console.send("PUT", "/api/v1/policy?comment=c", "application/yaml", document(message));
    }

    private static String document(String message) {
        return RunningConsole.DOCUMENT.formatted(message);
    }
}
