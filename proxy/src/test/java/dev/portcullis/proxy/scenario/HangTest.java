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
import dev.portcullis.proxy.fixture.StoppableServer;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.sql.DataSource;

/// PostgreSQL keeps its connections and answers nothing: to clients of the gateway that is as if it were away, and no
/// slower.
@Timeout(120)
class HangTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// Less than what anybody waits for the database who waits for it at all.
    private static final Duration NOT_WAITED = Duration.ofMillis(1500);

    private static final String IMPATIENT = "?socketTimeout=2";
    private static final String TOKEN = "a token of a test, long enough";

    @TempDir
    private Path folder;

    private final List<UUID> forwarded = new ArrayList<>();
    private ScriptedUpstream upstream;
    private DSLContext sql;
    private RunningProxy proxy;

    private interface Step {
        void run() throws Exception;
    }

    @BeforeEach
    void start() throws IOException {
        upstream = new ScriptedUpstream();
        upstream.answersWith(Calls.ANSWER);
    }

    @AfterEach
    void stop() throws IOException {
        upstream.close();
    }

    @Test
    void callsGoOnWhileTheNetworkSwallowsEverything() throws Exception {
        try (var database = new RelayedDatabase()) {
            proxyOn(
                    database.url(IMPATIENT),
                    database.direct().user(),
                    database.direct().password(),
                    database.direct().dataSource());
            try (var _ = proxy) {
                callsGoOn(database.relay()::stall, database.relay()::goOn);
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void callsGoOnWhileTheServerIsStopped() throws Exception {
        try (var server = StoppableServer.start()) {
            proxyOn(server.url() + IMPATIENT, server.user(), server.password(), server.dataSource());
            try (var _ = proxy) {
                callsGoOn(server::stop, server::goOn);
            }
        }
    }

    private void callsGoOn(Step hang, Step goOn) throws Exception {
        // Given
        call();
        hang.run();

        // When
        var slowest = Duration.ZERO;
        var kill = "";
        for (var calls = 0; calls < 30; calls++) {
            if (calls == 15) {
                kill = kill();
            }
            var begin = System.nanoTime();
            assertThat(call().status()).isEqualTo(kill.isEmpty() ? 200 : 403);
            var took = Duration.ofNanos(System.nanoTime() - begin);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            if (!kill.isEmpty()) {
                release(kill);
                kill = "";
            }
            Thread.sleep(100);
        }

        // Then
        assertThat(slowest).isLessThan(NOT_WAITED);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(management("GET", "/readyz", ""))
                        .contains("200 OK")
                        .containsPattern("\"database\"[^}]*warn")
                        .containsPattern("\"audit\"[^}]*warn")
                        .containsPattern("\"limits\"[^}]*warn"));
        assertThat(management("GET", "/metrics", "")).containsPattern("portcullis_audit_lag_seconds [1-9]");

        // When
        goOn.run();

        // Then
        await().atMost(PATIENCE)
                .until(() -> management("GET", "/metrics", "").contains("portcullis_audit_slots_reserved 0.0"));
        var recorded = new RecordedExchanges(sql);
        assertThat(recorded.ids(EXCHANGES.HTTP_STATUS.eq(200))).containsExactlyInAnyOrderElementsOf(forwarded);
        recorded.assertInOrderOfTheirEnds();
        assertThat(recorded.ids(EXCHANGES.HTTP_STATUS.eq(403))).hasSize(1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(management("GET", "/readyz", ""))
                        .contains("200 OK")
                        .doesNotContain("warn"));
    }

    private void proxyOn(String url, String user, String password, DataSource database) throws Exception {
        sql = DSL.using(database, SQLDialect.POSTGRES);
        sql.insertInto(POLICY_VERSIONS)
                .set(POLICY_VERSIONS.DOCUMENT, """
                        apiVersion: portcullis/v1
                        organization: acme
                        routes:
                          r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                        rules:
                        - {id: many, limit: {calls: 1000000, per: day, by: route, withoutStore: local}}
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
                        management:
                          listen: 127.0.0.1:0
                          kills: {token: "%s", file: "%s"}
                        """.formatted(
                                        url,
                                        user,
                                        password,
                                        upstream.port(),
                                        folder.resolve("journal"),
                                        TOKEN,
                                        folder.resolve("kills.json")),
                        Map.of())
                .read(ProxyConfig::read));
    }

    private String kill() throws IOException {
        var answer = management("POST", "/kills", "{\"scope\": {\"organization\": true}, \"reason\": \"test\"}");
        assertThat(answer).contains("201");
        return answer.replaceFirst("(?s).*\"id\" ?: ?\"([^\"]+)\".*", "$1");
    }

    private void release(String kill) throws IOException {
        assertThat(management("DELETE", "/kills/" + kill, "")).contains("204");
    }

    private RawMessage call() throws IOException {
        var answer = RawMessage.exchange(proxy.port(), Calls.post("r"));
        if (answer.status() == 200) {
            forwarded.add(RecordedExchanges.named(answer));
        }
        return answer;
    }

    private String management(String method, String path, String body) throws IOException {
        var answer = RawMessage.exchange(
                proxy.managementPort(),
                method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + Calls.bearer(TOKEN)
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body);
        return answer.startLine() + answer.body();
    }
}
