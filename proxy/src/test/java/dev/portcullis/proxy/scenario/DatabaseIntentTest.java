package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Durability;
import dev.portcullis.proxy.config.Limits;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// What happens while an intent is written; the table it is written to can be held.
@Timeout(60)
class DatabaseIntentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ScriptedUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = new ScriptedUpstream();
        upstream.answersWith(Calls.ANSWER);
        proxy = new ProxyUnderTest(
                policy("[]"),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults().with(new Durability.Database()));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @Test
    void callIsForwardedWhenPostgresHasCommittedItsIntent() throws Exception {
        var answer = proxy.exchange(Calls.post("r"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .get("outcome"))
                .isEqualTo("succeeded");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(proxy.sql().fetchCount(DSL.table("gateway.audit_intents")))
                        .as("intents of what is recorded")
                        .isZero());
    }

    @Test
    void clientThatLeavesWhileItsIntentIsWrittenIsNotForwarded() throws Exception {
        whileTheTableIsHeld(() -> {
            // When
            try (var client = proxy.connect()) {
                client.getOutputStream().write(Calls.post("r").getBytes(StandardCharsets.UTF_8));
                awaitWaiting();
                // So that the gateway sees a broken connection at once, and not a client that has finished sending.
                client.setSoLinger(true, 0);
            }
            await().atMost(PATIENCE).until(() -> proxy.metrics().contains("portcullis_exchanges_in_flight 0.0"));
        });

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                proxy.sql().fetch("select outcome, decision, upstream_status from audit.tool_calls"))
                        .singleElement()
                        .satisfies(row -> {
                            assertThat(row.get("outcome")).isEqualTo("cancelled");
                            assertThat(row.get("decision")).isEqualTo("allowed");
                            assertThat(row.get("upstream_status")).isNull();
                        }));
        assertThat(proxy.exchange(Calls.post("r")).status()).isEqualTo(200);
        assertThat(upstream.received()).as("the second call alone").hasSize(1);
    }

    @Test
    void killThatComesWhileAnIntentIsWrittenHolds() throws Exception {
        try (var client = proxy.connect()) {
            whileTheTableIsHeld(() -> {
                client.getOutputStream().write(Calls.post("r").getBytes(StandardCharsets.UTF_8));
                awaitWaiting();

                // When
                proxy.kill("{\"organization\": true}", "stop");
            });

            // Then
            assertThat(RawMessage.read(client.getInputStream()).status()).isEqualTo(403);
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void ruleThatIsPublishedWhileAnIntentIsWrittenHolds() throws Exception {
        try (var client = proxy.connect()) {
            whileTheTableIsHeld(() -> {
                client.getOutputStream().write(Calls.post("r").getBytes(StandardCharsets.UTF_8));
                awaitWaiting();

                // When
                proxy.publish(policy("[{id: none, deny: true, match: {tools: [list_entities]}}]"));
            });

            // Then
            var answer = RawMessage.read(client.getInputStream());
            assertThat(answer.body()).contains("Blocked by policy");
            assertThat(upstream.received()).isEmpty();
            assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                            .get("decision"))
                    .isEqualTo("denied");
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void whileTheTableIsHeld(Step step) throws Exception {
        var held = new CountDownLatch(1);
        var done = new CountDownLatch(1);
        var holder = Thread.ofVirtual()
                .start(() -> proxy.sql().transaction(transaction -> {
                    transaction.dsl().execute("lock table gateway.audit_intents in access exclusive mode");
                    held.countDown();
                    done.await();
                }));
        held.await();
        try {
            step.run();
        } finally {
            done.countDown();
            holder.join();
        }
    }

    /// Until the replica waits for the table.
    private void awaitWaiting() {
        await().atMost(PATIENCE)
                .until(() -> proxy.sql()
                                .fetchOne("select count(*) from pg_locks where not granted"
                                        + " and relation = 'gateway.audit_intents'::regclass")
                                .get(0, int.class)
                        > 0);
    }

    private String policy(String rules) {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules: %s
                """.formatted(upstream.port(), rules);
    }
}
