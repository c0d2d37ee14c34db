package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A key that is revoked is good no more within a second, on every replica, whatever other keys look
/// like.
class RevocationTest {
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
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  other: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void answer() {
        upstream.answersWith(Calls.ANSWER);
    }

    @Test
    void routeNamedTwiceIsOneRouteAndKeepsNobodyFromBeingRevoked() throws Exception {
        // Given
        var victim = key("victim");
        var odd = proxy.addKey("twice", new String[] {"guarded", "guarded"}, new String[0], null)
                .reveal();

        // When
        proxy.revokeKey("victim");

        // Then
        withinASecond().until(() -> status("guarded", victim) == 401);
        assertThat(status("guarded", odd)).isEqualTo(200);
        assertThat(status("other", odd)).isEqualTo(401);
    }

    @Test
    void keyWithAnUnreadableNetworkIsNoneAndKeepsNobodyFromBeingRevoked() throws Exception {
        // Given
        var victim = key("second-victim");
        var odd = proxy.addKey("nowhere", null, new String[] {"127.0.0.0/8", "the office"}, null)
                .reveal();

        // When
        proxy.revokeKey("second-victim");

        // Then
        withinASecond().until(() -> status("guarded", victim) == 401);
        assertThat(status("guarded", odd)).isEqualTo(401);
        assertThat(proxy.metrics()).contains("portcullis_sync_unreadable 0.0");
    }

    @Test
    void everyReplicaObeys() throws Exception {
        try (var second = proxy.anotherReplica("replica-2")) {
            // Given
            var victim = key("everywhere");
            withinASecond().until(() -> statusAt(second.port(), victim) == 200);

            // When
            proxy.revokeKey("everywhere");

            // Then
            withinASecond().until(() -> status("guarded", victim) == 401 && statusAt(second.port(), victim) == 401);
        }
    }

    private static String key(String name) {
        var key = proxy.addKey(name, null, new String[0], null).reveal();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> status("guarded", key) == 200);
        return key;
    }

    private static ConditionFactory withinASecond() {
        return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(1));
    }

    private static int status(String route, String key) throws Exception {
        return proxy.exchange(Calls.post(route, Calls.bearer(key))).status();
    }

    private static int statusAt(int port, String key) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return TlsClient.exchange(socket, Calls.post("guarded", Calls.bearer(key)))
                    .status();
        }
    }
}
