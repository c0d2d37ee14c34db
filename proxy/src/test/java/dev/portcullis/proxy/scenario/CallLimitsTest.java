package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.gateway.Tables.LIMIT_BUCKETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.CallLimitSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Limits of the policy, as clients, upstreams and auditors see them.
class CallLimitsTest {
    private static final String TWO = "{id: two, limit: {calls: 2, per: day, by: route}, message: Two are enough.}";
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        proxy = new ProxyUnderTest(
                policy(TWO),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.empty(),
                IdentitySettings.none(),
                AddressSettings.direct(),
                new CallLimitSettings(CallLimitSettings.Store.POSTGRESQL, Duration.ofSeconds(10), 1000, 1000));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void fill() {
        upstream.answersWith(Calls.ANSWER);
        proxy.sql().truncate(LIMIT_BUCKETS).execute();
    }

    @Test
    void callOverTheLimitIsDeniedInBandAndRecorded() throws Exception {
        // Given
        proxy.publish(policy(TWO));
        assertThat(call("open").body()).doesNotContain("isError");
        assertThat(call("open").body()).doesNotContain("isError");

        // When
        var denied = call("open");

        // Then
        assertThat(denied.status()).isEqualTo(200);
        assertThat(denied.body())
                .contains("\"isError\":true", "Blocked by policy: Two are enough.", "NOT executed", "[\"two\"]");
        assertThat(upstream.received()).hasSize(2);
        var record = record(denied);
        assertThat(record.get("decision")).isEqualTo("denied");
        assertThat(record.get("outcome")).isEqualTo("denied");
        assertThat(record.get("rules")).isEqualTo(new String[] {"two"});
        assertThat(record.get("tool")).isEqualTo("list_entities");
        assertThat(call("other").body()).as("by route").doesNotContain("isError");
        assertThat(proxy.metrics()).contains("portcullis_limit_calls_total{outcome=\"refused\"}");
    }

    @Test
    void ruleWithoutWordsSaysWhatTheLimitIs() throws Exception {
        // Given
        proxy.publish(policy("{id: one, limit: {calls: 1, per: hour, by: caller}}"));
        call("open");

        // When
        var denied = call("other");

        // Then
        assertThat(denied.body())
                .contains("The limit one allows no more than 1 call in an hour; the next one is possible in 3");
    }

    @Test
    void onlyCallsPayThatEverythingElseAllows() throws Exception {
        // Given
        proxy.publish(policy(TWO + ", {id: no-deletes, match: {tools: [delete_*]}, deny: true}"));
        var list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

        // When
        for (int i = 0; i < 3; i++) {
            exchange("open", list);
            assertThat(exchange("open", Calls.BODY.replace("list_entities", "delete_entity"))
                            .body())
                    .contains("no-deletes");
        }

        // Then
        assertThat(proxy.sql().fetchCount(LIMIT_BUCKETS)).isZero();
        assertThat(call("open").body()).doesNotContain("isError");
    }

    @Test
    void limitThatWatchesIsRecordedAndRefusesNothing() throws Exception {
        // Given
        proxy.publish(policy("{id: watched, mode: observe, limit: {calls: 1, per: day, by: tool}}"));
        call("open");

        // When
        var allowed = call("open");

        // Then
        assertThat(allowed.body()).doesNotContain("isError");
        assertThat(upstream.received()).hasSize(2);
        assertThat(record(allowed).get("observed_rules")).isEqualTo(new String[] {"watched"});
        assertThat(record(allowed).get("decision")).isEqualTo("allowed");
    }

    @Test
    void callAsATaskIsDeniedInTheShapeOfTasks() throws Exception {
        // Given
        proxy.publish(policy(TWO));
        call("open");
        var task = Calls.BODY.replace("\"list_entities\"", "\"list_entities\",\"task\":{}");
        exchange("open", task);

        // When
        var denied = exchange("open", task);

        // Then
        assertThat(denied.body()).contains("\"code\":403", "Two are enough").doesNotContain("isError");
    }

    @Test
    void replicasCountTogether() throws Exception {
        // Given
        proxy.publish(policy("{id: ten, limit: {calls: 10, per: day, by: organization}}"));
        try (var other = proxy.anotherReplica("replica-2")) {

            // When
            var answers = IntStream.range(0, 40)
                    .parallel()
                    .mapToObj(i -> callAt(i % 2 == 0 ? proxy.port() : other.port()))
                    .toList();

            // Then
            assertThat(answers).hasSize(40);
            assertThat(answers.stream().filter(answer -> !answer.body().contains("isError")))
                    .hasSize(10);
            assertThat(upstream.received()).hasSize(10);
        }
    }

    @Test
    void killThatIsEngagedWhileACallPaysIsObeyed() throws Exception {
        // Given
        proxy.publish(policy(TWO));
        call("open");

        // When
        var answer = whilePaying(() -> proxy.kill("{\"routes\": [\"open\"]}", "incident"));
        proxy.releaseKills();

        // Then
        assertThat(answer.status()).isEqualTo(403);
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void callThatIsAdmittedAgainDoesNotPayAgain() throws Exception {
        // Given
        proxy.publish(policy(TWO));
        call("open");

        // When
        var answer = whilePaying(() -> proxy.publish(policy(TWO + ", {id: idle, match: {tools: [none]}, deny: true}")));

        // Then
        assertThat(answer.body()).as("the second of two").doesNotContain("isError");
        assertThat(call("open").body()).contains("isError");
    }

    @Test
    void callThatNobodyCanCountIsDeniedAndSaysSo() throws Exception {
        // Given
        proxy.publish(policy(TWO));
        proxy.sql().execute("alter table gateway.limit_buckets rename to away");
        try {

            // When
            var denied = call("open");

            // Then
            assertThat(denied.status()).isEqualTo(200);
            assertThat(denied.body())
                    .contains("\"isError\":true", "Calls cannot be counted at this moment")
                    .doesNotContain("Two are enough");
            assertThat(upstream.received()).isEmpty();
            assertThat(record(denied).get("rules")).isEqualTo(new String[] {"two", "gateway:limit-store"});
            assertThat(proxy.metrics()).contains("portcullis_limit_store_away 1.0");
        } finally {
            proxy.sql().execute("alter table gateway.away rename to limit_buckets");
        }
        await().atMost(5, TimeUnit.SECONDS).until(() -> proxy.metrics().contains("portcullis_limit_store_away 0.0"));
        assertThat(call("open").body()).doesNotContain("isError");
    }

    /// A call whose bucket somebody else holds until `meanwhile` has happened.
    private static RawMessage whilePaying(Runnable meanwhile) throws Exception {
        return proxy.sql().connectionResult(connection -> {
            connection.setAutoCommit(false);
            DSL.using(connection, SQLDialect.POSTGRES)
                    .selectFrom(LIMIT_BUCKETS)
                    .forUpdate()
                    .fetch();
            var paying = CompletableFuture.supplyAsync(() -> callAt(proxy.port()));
            await().until(CallLimitsTest::somebodyWaitsForABucket);
            meanwhile.run();
            connection.rollback();
            connection.setAutoCommit(true);
            return paying.get(10, TimeUnit.SECONDS);
        });
    }

    private static boolean somebodyWaitsForABucket() {
        return proxy.sql()
                        .fetchSingle("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()")
                        .get(0, int.class)
                > 0;
    }

    private static RawMessage call(String route) throws IOException {
        return proxy.exchange(Calls.post(route));
    }

    private static RawMessage exchange(String route, String body) throws IOException {
        return proxy.exchange("POST /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\n"
                + "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
                + "MCP-Protocol-Version: 2025-11-25\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static RawMessage callAt(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(Calls.post("open").getBytes(StandardCharsets.ISO_8859_1));
            var answer = RawMessage.read(socket.getInputStream());
            if (answer == null) {
                throw new AssertionError("no answer");
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Record record(RawMessage answer) {
        return proxy.record(answer.header("portcullis-exchange").orElseThrow());
    }

    private static String policy(String rules) {
        return """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  open: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                  other: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                rules: [%2$s]
                """.formatted(upstream.port(), rules);
    }
}
