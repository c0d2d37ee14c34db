package dev.portcullis.proxy.sync;

import static dev.portcullis.database.gateway.Tables.KILLS;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.ListedTool;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.policy.rego.Compilation;
import dev.portcullis.policy.rego.Opa;
import dev.portcullis.policy.rego.RegoCompiler;
import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An organization's own Rego on its way from the database into decisions.
class OwnRulesInForceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String DOCUMENT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              one: {upstream: sandbox, authentication: open}
            rules: []
            """;
    private static final String MODULE = """
            package portcullis.custom

            deny contains {"rule": "no-writing", "message": "No."} if input.tool.name == "write"
            """;

    private final TestDatabase database = TestDatabase.create();
    private final DSLContext sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    private final ProxyMetrics metrics = new ProxyMetrics();
    private final PolicySubscription subscription = new PolicySubscription(
            new Database(new DatabaseSettings(database.url(), database.user(), new Secret(database.password()))),
            "replica-1",
            PolicyCompiler.embedded(1),
            Clock.systemUTC(),
            metrics);

    @AfterEach
    void close() {
        subscription.close();
        metrics.close();
        database.close();
    }

    @Test
    void modulesOfAVersionRefuseAndGoWithIt() throws InterruptedException {
        // Given
        publish(compiled());

        // When
        var first = subscription.start(PATIENCE);

        // Then
        assertThat(rules("write")).containsExactly("custom:no-writing");
        assertThat(rules("read")).isEmpty();
        assertThat(first.judgesMessages()).isTrue();

        // And kills do not lose them
        engage();
        await().atMost(PATIENCE).until(() -> !subscription.current().kills().isEmpty());
        assertThat(rules("write")).containsExactly("custom:no-writing");

        // And the next version without modules has none
        publish();
        await().atMost(PATIENCE).until(() -> subscription.current().version() == 2);
        assertThat(rules("write")).isEmpty();
        assertThat(subscription.current().judgesMessages()).isFalse();
    }

    @Test
    void versionWhoseModulesCannotBeLoadedIsRejectedAndTheOneBeforeStays() throws InterruptedException {
        // Given
        publish();
        subscription.start(PATIENCE);

        // When
        publish("no program".getBytes(StandardCharsets.UTF_8));

        // Then
        await().atMost(PATIENCE).until(() -> subscription.health().rejections() == 1);
        assertThat(subscription.current().version()).isEqualTo(1);
        assertThat(subscription.health().trouble().orElseThrow()).contains("compiled modules");
    }

    private List<String> rules(String tool) {
        var input = new PolicyInput(
                UUID.randomUUID(),
                "acme",
                Instant.now(),
                "one",
                PolicyInput.CallerFacts.anonymous(),
                new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                new Question.ToolCall("tools/call", ListedTool.unseen(tool), "{}"));
        return switch (subscription.current().decisionPoint().decideHere(input).orElseThrow()) {
            case Decision.Deny deny -> deny.rules();
            case Decision.Allow allow -> List.of();
            case Decision.Undecided undecided -> throw new AssertionError(undecided);
        };
    }

    private static byte[] compiled() {
        var opa = Optional.ofNullable(System.getenv("OPA")).map(Path::of).or(() -> Opa.onPath(System.getenv("PATH")));
        if (opa.isEmpty()) {
            System.err.println("SKIPPED: no opa binary (set OPA): an organization's own Rego was NOT put in force");
        }
        Assumptions.assumeTrue(opa.isPresent(), "no opa binary");
        var modules = new RegoModules(List.of(new RegoModule("a.rego", MODULE)));
        return switch (new RegoCompiler(Opa.at(opa.get())).compile(modules, "{}")) {
            case Compilation.Compiled compiled -> compiled.program().wasm();
            case Compilation.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    private void publish() {
        sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, DOCUMENT)
                .set(POLICY_VERSIONS.COMMENT, "test")
                .set(POLICY_VERSIONS.AUTHOR, "admin")
                .execute();
    }

    private void publish(byte[] program) {
        sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, DOCUMENT)
                .set(POLICY_VERSIONS.MODULES, JSONB.valueOf("[{\"path\": \"a.rego\", \"source\": \"\"}]"))
                .set(POLICY_VERSIONS.COMPILED_MODULES, program)
                .set(POLICY_VERSIONS.COMMENT, "test")
                .set(POLICY_VERSIONS.AUTHOR, "admin")
                .execute();
    }

    private void engage() {
        sql.insertInto(KILLS)
                .set(KILLS.ID, UUID.randomUUID())
                .set(KILLS.SCOPE, JSONB.valueOf("{\"tools\": [\"other\"]}"))
                .set(KILLS.REASON, "test")
                .set(KILLS.ENGAGED_BY, "admin")
                .execute();
    }
}
