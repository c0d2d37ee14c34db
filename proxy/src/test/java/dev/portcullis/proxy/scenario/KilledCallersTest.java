package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.database.gateway.Tables.KILL_ACKNOWLEDGEMENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Kills that are about some callers, or that let some go on: those who match are stopped, and nobody else.
@Timeout(60)
class KilledCallersTest {
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;
    private static String ada;
    private static String eve;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                  passing: {upstream: "http://127.0.0.1:%1$d/v1", authentication: passthrough}
                rules:
                  - id: private
                    redact: {arguments: [/salary], keep: nothing}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.empty());
        ada = key("ada", "on-call", "platform");
        eve = key("eve", "contractors");
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

    @AfterEach
    void release() {
        proxy.releaseKills();
    }

    @Test
    void killOfAGroupStopsItsMembersAndNobodyElse() throws Exception {
        // When
        var kill = proxy.kill("{\"groups\": [\"contract*\"]}", "no contractors");

        // Then
        var refused = call("guarded", Calls.bearer(eve));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("no contractors", "kill:" + kill);
        assertThat(call("guarded", Calls.bearer(ada)).status()).isEqualTo(200);
        assertThat(call("guarded", "X-Nothing: 1").status())
                .as("who is not known")
                .isEqualTo(401);
    }

    @Test
    void killOfACallerStopsTheOneItNames() throws Exception {
        // When
        proxy.kill("{\"callers\": [\"key:eve\"]}", "leaked");

        // Then
        assertThat(call("guarded", Calls.bearer(eve)).status()).isEqualTo(403);
        assertThat(call("guarded", Calls.bearer(ada)).status()).isEqualTo(200);
        assertThat(call("guarded", Calls.bearer("pck_wrong")).status()).isEqualTo(401);
    }

    @Test
    void exemptGroupGoesOnAndStrangersMayStillSayWhoTheyAre() throws Exception {
        // When
        proxy.kill("{\"organization\": true}", "{\"groups\": [\"on-call\"]}", "incident 42");

        // Then
        assertThat(call("guarded", Calls.bearer(ada)).status()).isEqualTo(200);
        assertThat(call("guarded", Calls.bearer(eve)).status()).isEqualTo(403);
        assertThat(call("guarded", "X-Nothing: 1").status()).isEqualTo(401);
        assertThat(call("passing", Calls.bearer("on-call")).status())
                .as("whom the gateway has not checked")
                .isEqualTo(403);
    }

    @Test
    void killOfEverybodyIsHeardByStrangersToo() throws Exception {
        // When
        proxy.kill("{\"routes\": [\"guarded\"]}", "closed");

        // Then
        assertThat(call("guarded", "X-Nothing: 1").status()).isEqualTo(403);
        assertThat(call("passing", "X-Nothing: 1").status()).isEqualTo(200);
    }

    @Test
    void releasingOneOfTwoLeavesTheOtherInForce() throws Exception {
        // Given
        var first = proxy.kill("{\"groups\": [\"contractors\"]}", "first");
        var second = proxy.kill("{\"callers\": [\"key:eve\"]}", "second");
        assertThat(call("guarded", Calls.bearer(eve)).body()).contains("kill:" + first, "kill:" + second);

        // When
        proxy.release(first);

        // Then
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !call("guarded", Calls.bearer(eve)).body().contains("kill:" + first));
        var still = call("guarded", Calls.bearer(eve));
        assertThat(still.status()).isEqualTo(403);
        assertThat(still.body()).contains("kill:" + second);
    }

    @Test
    void onlyStreamsOfThoseWhoMatchAreCutAndCounted() throws Exception {
        // Given
        upstream.answersWith(Calls.STREAM);
        try (var hers = stream(ada);
                var his = stream(eve)) {

            // When
            var kill = proxy.kill("{\"groups\": [\"contractors\"]}", "no contractors");

            // Then
            assertThat(isOpen(his)).isFalse();
            assertThat(isOpen(hers)).isTrue();
            assertThat(cut(kill)).containsExactly(0, 1);
        }
    }

    @Test
    void callInFlightOfAStoppedToolEndsInBandAndIsCounted() throws Exception {
        // Given
        upstream.answersWith(new ScriptedUpstream.Script("", false));
        try (var waiting = proxy.connect();
                var other = proxy.connect()) {
            send(waiting, Calls.post("guarded", Calls.bearer(ada)));
            send(other, Calls.post("guarded", Calls.bearer(ada)).replace("list_entities", "list_entitiez"));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> upstream.received().size() == 2);

            // When
            var kill = proxy.kill("{\"tools\": [\"list_entities\"]}", "tool runs wild");

            // Then
            var ended = RawMessage.read(waiting.getInputStream());
            assertThat(ended.status()).isEqualTo(200);
            assertThat(ended.body()).contains("\"isError\":true", "tool runs wild", "was cut off while it ran");
            var record = proxy.record(ended.header("portcullis-exchange").orElseThrow());
            assertThat(record.get("refusal")).isEqualTo("cut_off");
            assertThat((String[]) record.get("rules")).containsExactly("kill:" + kill);
            assertThat(cut(kill)).containsExactly(1, 0);
            assertThat(isOpen(other)).isTrue();
        }
    }

    @Test
    void argumentsOfStoppedCallsAreRecordedRedactedLikeAnyOther() throws Exception {
        // Given
        var request = Calls.with("{\"n\":1,\"Salary\":70707,\"password\":\"hunter2\"}", "guarded", Calls.bearer(ada));
        upstream.answersWith(new ScriptedUpstream.Script("", false));
        try (var waiting = proxy.connect()) {
            send(waiting, request);
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> !upstream.received().isEmpty());

            // When
            proxy.kill("{\"tools\": [\"list_entities\"]}", "tool runs wild");

            // Then
            assertThat(arguments(RawMessage.read(waiting.getInputStream()), "cut_off"))
                    .isEqualTo("{\"n\":1,\"Salary\":\"[redacted]\",\"password\":\"[redacted]\"}");
        }
        assertThat(arguments(proxy.exchange(request), "denied"))
                .isEqualTo("{\"n\":1,\"Salary\":\"[redacted]\",\"password\":\"[redacted]\"}");
    }

    @Test
    void hiddenToolIsRefusedInBandFromThenOn() throws Exception {
        // When
        proxy.kill("{\"tools\": [\"list_*\"], \"groups\": [\"contractors\"]}", "not for you");

        // Then
        var refused = call("guarded", Calls.bearer(eve));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body()).contains("was NOT executed", "not for you");
        assertThat(call("guarded", Calls.bearer(ada)).body()).doesNotContain("not for you");
    }

    private static String key(String name, String... groups) {
        var key = proxy.addMember(name, groups).reveal();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(5))
                .until(() -> {
                    upstream.answersWith(Calls.ANSWER);
                    return call("guarded", Calls.bearer(key)).status() == 200;
                });
        return key;
    }

    private static RawMessage call(String route, String credential) throws IOException {
        return proxy.exchange(Calls.post(route, credential));
    }

    /// What is on record of the arguments of a call that was refused for this reason.
    private static String arguments(RawMessage refused, String reason) {
        var record = proxy.record(refused.header("portcullis-exchange").orElseThrow());
        assertThat(record.get(TOOL_CALLS.REFUSAL)).isEqualTo(reason);
        return String.valueOf(record.get(TOOL_CALLS.ARGUMENTS));
    }

    private static Socket stream(String key) throws IOException {
        var socket = proxy.connect();
        send(socket, Calls.get("guarded", Calls.bearer(key)));
        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        return socket;
    }

    /// Whether the gateway keeps it open, apart from what it has sent already.
    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(300);
        try {
            while (socket.getInputStream().read() >= 0) {
                // what came before
            }
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Integer> cut(UUID kill) {
        return proxy.sql()
                .select(KILL_ACKNOWLEDGEMENTS.CALLS_CUT, KILL_ACKNOWLEDGEMENTS.STREAMS_CUT)
                .from(KILL_ACKNOWLEDGEMENTS)
                .where(KILL_ACKNOWLEDGEMENTS.KILL.eq(kill))
                .fetchSingle(row -> List.of(row.value1(), row.value2()));
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
}
