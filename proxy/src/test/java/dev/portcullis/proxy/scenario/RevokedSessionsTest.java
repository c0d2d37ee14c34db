package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A session that an admin takes back is good for nothing more within a second, on every replica; the client begins
/// another one.
@Timeout(60)
class RevokedSessionsTest {
    private static final AtomicInteger SESSIONS = new AtomicInteger();
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}";

    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                """.formatted(upstream.port()), Limits.defaults(), Set.of("127.0.0.1:" + upstream.port()));
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void everyRequestOfARevokedSessionIsRefused(String method) throws Exception {
        // Given
        var session = begin();
        assertThat(call(session).status()).isEqualTo(200);

        // When
        revoke(session);

        // Then
        var refused = method.equals("POST")
                ? call(session)
                : proxy.exchange(Calls.get("r", "Mcp-Session-Id: " + session)
                        .replaceFirst("GET", method)
                        .replace("gateway.example", "localhost"));
        assertThat(refused.status()).as(refused.toString()).isEqualTo(404);
        assertThat(refused.body()).contains("This session was revoked: begin a new one");
        var record = proxy.record(refused.header("portcullis-exchange").orElseThrow());
        assertThat(record.get("refusal")).isEqualTo("session_revoked");
        assertThat(record.get("session_hash")).isEqualTo(digest(session));
        assertThat(record.get("outcome")).isEqualTo("refused");
    }

    @Test
    void anotherSessionOfTheSameCallerGoesOn() throws Exception {
        // Given
        var revoked = begin();
        var other = begin();

        // When
        revoke(revoked);

        // Then
        assertThat(call(other).status()).isEqualTo(200);
        assertThat(call(begin()).status()).isEqualTo(200);
    }

    @Test
    void openStreamOfTheSessionEndsWithinASecond() throws Exception {
        // Given
        var session = begin();
        upstream.answersWith(Calls.STREAM);
        try (var socket = proxy.connect()) {
            socket.getOutputStream()
                    .write(Calls.get("r", "Mcp-Session-Id: " + session)
                            .replace("gateway.example", "localhost")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = socket.getInputStream();
            var seen = new StringBuilder();
            while (seen.indexOf("id: hello") < 0) {
                var next = in.read();
                assertThat(next).as(seen.toString()).isNotNegative();
                seen.append((char) next);
            }

            // When
            var begin = System.nanoTime();
            insert(session, OffsetDateTime.now().plusDays(30));
            while (in.read() >= 0) {
                // until the gateway hangs up
            }

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
            var exchange = seen.toString().replaceAll("(?is).*portcullis-exchange: ([0-9a-f-]{36}).*", "$1");
            var record = proxy.record(exchange);
            assertThat(record.get("refusal")).isEqualTo("session_revoked");
            assertThat(record.get("outcome")).isEqualTo("cancelled");
        }
    }

    @Test
    void everyReplicaObeysAlsoOneThatStartsLater() throws Exception {
        // Given
        var session = begin();
        revoke(session);

        try (var second = proxy.anotherReplica("replica-2");
                var socket = new Socket(InetAddress.getLoopbackAddress(), second.port())) {
            // When
            var refused = TlsClient.exchange(socket, Calls.postAt("localhost", "/mcp/r", "Mcp-Session-Id: " + session));

            // Then
            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused.body()).contains("revoked");
        }
    }

    @Test
    void revocationEndsWhenItIsLiftedOrOver() throws Exception {
        // Given
        var lifted = begin();
        var over = begin();
        revoke(lifted);
        insert(over, OffsetDateTime.now().plusSeconds(1));

        // When
        proxy.sql()
                .execute(
                        "update gateway.revocations set lifted_by = 'test', lifted_at = now() where subject = ?",
                        digest(lifted));

        // Then
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> call(lifted).status() == 200 && call(over).status() == 200);
    }

    private static String begin() throws Exception {
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nMcp-Session-Id: S-" + SESSIONS.incrementAndGet()
                        + "\r\nContent-Length: " + RESULT.length() + "\r\n\r\n" + RESULT,
                false));
        var answer = proxy.exchange("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nContent-Length: " + INITIALIZE.length() + "\r\n\r\n"
                + INITIALIZE);
        return answer.header("mcp-session-id").orElseThrow(() -> new AssertionError(answer.toString()));
    }

    private static RawMessage call(String session) throws Exception {
        upstream.answersWith(Calls.ANSWER);
        return proxy.exchange(Calls.postAt("localhost", "/mcp/r", "Mcp-Session-Id: " + session));
    }

    /// Revokes, and waits for a second at most until the replica says so.
    private static void revoke(String session) {
        insert(session, OffsetDateTime.now().plusDays(30));
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(1))
                .until(() -> call(session).status() == 404);
    }

    private static void insert(String session, OffsetDateTime ends) {
        proxy.sql()
                .execute(
                        "insert into gateway.revocations (id, kind, subject, reason, revoked_by, ends_at)"
                                + " values (gen_random_uuid(), 'session', ?, 'stolen', 'test', ?::timestamptz)",
                        digest(session),
                        ends);
    }

    private static String digest(String session) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8)),
                            0,
                            16);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
