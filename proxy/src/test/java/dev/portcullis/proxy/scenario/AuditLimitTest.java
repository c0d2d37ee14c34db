package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.database.audit.tables.records.ToolCallsRecord;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import org.jooq.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/// What finds no room in the trail is not forwarded, and the refusal is on record.
@Timeout(60)
class AuditLimitTest {
    private static final String GET = "GET /mcp/r HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
            + "MCP-Protocol-Version: 2025-11-25\r\n\r\n";

    @Test
    void fullAuditTrailRefusesTheCall() throws Exception {
        // Given a trail with one place, which an open stream has taken
        try (var upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var proxy = proxy(upstream.getLocalPort());
                var stream = proxy.connect()) {
            upstream.setSoTimeout(15_000);
            stream.getOutputStream().write(GET.getBytes(StandardCharsets.UTF_8));
            try (var server = upstream.accept()) {
                assertThat(RawMessage.read(server.getInputStream())).isNotNull();

                // When
                var refused = proxy.exchange(GET);

                // Then
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.body()).contains("\"code\":503").contains("audit trail");
                assertThat(proxy.metrics()).containsPattern("portcullis_audit_turned_away(_total)? 1\\.0");
                var record =
                        await().until(() -> refusals(proxy), Result::isNotEmpty).getFirst();
                assertThat(record.getId())
                        .hasToString(refused.header("portcullis-exchange").orElseThrow());
                assertThat(record.getOutcome()).isEqualTo("refused");
                assertThat(record.getHttpStatus()).isEqualTo(503);
                assertThat(record.getHttpMethod()).isEqualTo("GET");
                assertThat(record.getDecision()).isEqualTo("none");
                assertThat(record.get("client_address", String.class)).isEqualTo("127.0.0.1");
                upstream.setSoTimeout(200);
                assertThat(org.assertj.core.api.Assertions.catchThrowable(upstream::accept))
                        .as("nothing more went upstream")
                        .isInstanceOf(java.net.SocketTimeoutException.class);
            }
        }
    }

    private static Result<ToolCallsRecord> refusals(ProxyUnderTest proxy) {
        return proxy.sql()
                .selectFrom(TOOL_CALLS)
                .where(TOOL_CALLS.REFUSAL.eq("not_recordable"))
                .fetch();
    }

    private static ProxyUnderTest proxy(int upstreamPort) throws Exception {
        return new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules: []
                """.formatted(upstreamPort),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstreamPort),
                new AuditSettings(1, 256L * 1024 * 1024, Duration.ofMillis(50), 500));
    }
}
