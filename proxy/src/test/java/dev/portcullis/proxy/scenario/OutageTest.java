package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static dev.portcullis.database.gateway.Tables.POLICY_VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.ConfigurationFile;
import dev.portcullis.proxy.ProxyMain;
import dev.portcullis.proxy.RunningProxy;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.fixture.RelayedDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// PostgreSQL goes away under a replica, and comes back.
@Timeout(120)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LARGE = 60_000;

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private RelayedDatabase database;
    private DSLContext sql;
    private RunningProxy proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = new ScriptedUpstream();
        upstream.answersWith(Calls.ANSWER);
        database = new RelayedDatabase();
        sql = DSL.using(database.direct().dataSource(), SQLDialect.POSTGRES);
        sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, """
                        apiVersion: portcullis/v1
                        organization: acme
                        routes:
                          r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                        rules: []
                        """.formatted(upstream.port()))
                .set(POLICY_VERSIONS.COMMENT, "test")
                .set(POLICY_VERSIONS.AUTHOR, "test")
                .execute();
        proxy = ProxyMain.start(ConfigurationFile.parse(
                        """
                        replica: replica-1
                        database: {url: "%s", user: "%s", password: "%s"}
                        proxy:
                          listen: 127.0.0.1:0
                          publicHosts: [gateway.example]
                          upstreams: {allowedLoopback: ["127.0.0.1:%d"]}
                          audit: {journal: {directory: "%s", size: 16MiB}}
                        management: {listen: 127.0.0.1:0}
                        """.formatted(
                                database.direct()
                                        .url()
                                        .replaceAll(
                                                "//[^/]+/",
                                                "//127.0.0.1:"
                                                        + database.relay().port() + "/"),
                                database.direct().user(),
                                database.direct().password(),
                                upstream.port(),
                                folder),
                        Map.of())
                .read(ProxyConfig::read));
    }

    @AfterEach
    void stop() throws Exception {
        database.relay().mend();
        proxy.close();
        database.close();
        upstream.close();
    }

    @Test
    void callsGoOnUntilTheJournalIsFullAndAllAreShippedOnceAndInOrder() throws Exception {
        // Given
        var forwarded = new ArrayList<UUID>();
        var turnedAway = new ArrayList<UUID>();
        database.relay().cut();

        // When
        var refused = callUntil(503, forwarded);
        turnedAway.add(RecordedExchanges.named(refused));
        for (var more = 0; more < 20; more++) {
            turnedAway.add(RecordedExchanges.named(call()));
        }

        // Then
        assertThat(forwarded).as("calls without a database").hasSizeGreaterThan(50);
        assertThat(upstream.received()).as("what went upstream").hasSameSizeAs(forwarded);
        assertThat(refused.body()).contains("\"code\":503").contains("audit trail");
        assertThat(management("/readyz")).contains("503").contains("audit");

        // When
        database.relay().mend();

        // Then
        await().atMost(PATIENCE).until(() -> {
            var answer = call();
            return noted(answer, forwarded) || !turnedAway.add(RecordedExchanges.named(answer));
        });
        await().atMost(PATIENCE).until(() -> management("/metrics").contains("portcullis_audit_slots_reserved 0.0"));
        var recorded = new RecordedExchanges(sql);
        assertThat(recorded.ids(EXCHANGES.HTTP_STATUS.eq(200))).containsExactlyInAnyOrderElementsOf(forwarded);
        assertThat(recorded.ids(EXCHANGES
                        .REFUSAL
                        .eq("not_recordable")
                        .and(EXCHANGES.HTTP_STATUS.eq(503))
                        .and(EXCHANGES.HTTP_METHOD.eq("POST"))))
                .as("refusals on record, each once")
                .containsExactlyInAnyOrderElementsOf(turnedAway);
        assertThat(recorded.ids(DSL.noCondition())).hasSize(forwarded.size() + turnedAway.size());
        recorded.assertInOrderOfTheirEnds();
        assertThat(upstream.received()).hasSameSizeAs(forwarded);
        await().atMost(PATIENCE).until(() -> management("/readyz").contains("200 OK"));
    }

    private RawMessage callUntil(int status, List<UUID> forwarded) throws IOException {
        for (var calls = 0; calls < 5_000; calls++) {
            var answer = call();
            if (!noted(answer, forwarded)) {
                assertThat(answer.status()).isEqualTo(status);
                return answer;
            }
        }
        throw new AssertionError("the journal has no bound");
    }

    private static boolean noted(RawMessage answer, List<UUID> forwarded) {
        var isForwarded = answer.status() == 200;
        if (isForwarded) {
            forwarded.add(RecordedExchanges.named(answer));
        }
        return isForwarded;
    }

    private RawMessage call() throws IOException {
        return RawMessage.exchange(proxy.port(), Calls.large("r", LARGE));
    }

    private String management(String path) throws IOException {
        var answer = RawMessage.exchange(
                proxy.managementPort(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return answer.startLine() + answer.body();
    }
}
