package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.proxy.scenario.Peer.isGone;
import static dev.portcullis.proxy.scenario.Peer.readToEnd;
import static dev.portcullis.proxy.scenario.Peer.reset;
import static dev.portcullis.proxy.scenario.Peer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.StreamLimits;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;

/// Peers that are slow, vanish, or talk nonsense. Whatever they do, the exchange ends, is recorded once,
/// and gives back all it held: this gateway may have one exchange in flight, so that a lost one would
/// stop it.
@Timeout(60)
class BrokenPeersTest {
    private static final String STREAM_HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String MODERN_CALL = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
            + "{\"name\":\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static final String MODERN_HEADERS =
            "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: list_entities\r\n";
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + RESULT.length() + "\r\n\r\n" + RESULT;

    private static ServerSocket upstream;
    private static ProxyUnderTest proxy;
    private Socket client;
    private Socket server;
    private int recordsBefore;
    private String lastExchange = "";

    @BeforeAll
    static void start() throws Exception {
        upstream = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        upstream.setSoTimeout(10_000);
        var usual = Limits.defaults();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%d/mcp", authentication: open}
                rules: []
                """.formatted(upstream.getLocalPort()),
                new Limits(
                        usual.bodyBytes(),
                        usual.headerBytes(),
                        usual.jsonDepth(),
                        usual.listBytes(),
                        usual.eventBytes(),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(700),
                        1,
                        Duration.ofSeconds(1),
                        StreamLimits.defaults()),
                Set.of("127.0.0.1:" + upstream.getLocalPort()));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void connect() throws IOException {
        client = proxy.connect();
        recordsBefore = records();
    }

    /// The one place for an exchange is free again, and the upstream can be reached.
    @AfterEach
    void everythingIsGivenBack() throws IOException {
        client.close();
        if (server != null) {
            server.close();
        }
        client = proxy.connect();
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(this::callSucceeds);
        // What was recorded before is written before.
        proxy.record(lastExchange);
        client.close();
        server.close();
    }

    @Test
    void headThatTricklesInIsCutOff() throws IOException {
        send(client, "POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nX-Padding: ");
        trickle();

        assertThat(records()).as("there was no request").isEqualTo(recordsBefore);
    }

    @Test
    void bodyThatTricklesInIsRefused() throws IOException {
        send(client, head(10_000, ""));
        trickle();

        var answer = RawMessage.read(client.getInputStream());
        assertThat(answer.status()).isEqualTo(408);
        assertRecord(onlyRecord(), "refused", "body_too_slow");
        assertNothingWentUpstream();
    }

    @Test
    void clientThatResetsWithinItsRequestIsRecorded() throws IOException {
        send(client, head(CALL.length(), "") + CALL.substring(0, 20));
        reset(client);

        assertRecord(onlyRecord(), "cancelled", null);
        assertNothingWentUpstream();
    }

    @Test
    void legacyClientThatClosesItsHalfGetsItsAnswer() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        client.shutdownOutput();
        accept();
        send(server, ANSWER);

        assertRecord(onlyRecord(), "succeeded", null);
        assertThat(RawMessage.read(client.getInputStream()).body()).isEqualTo(RESULT);
        assertThat(client.getInputStream().read()).as("a clear end").isEqualTo(-1);
    }

    @Test
    void modernClientThatResetsWithinTheResponseCancels() throws IOException {
        send(client, head(MODERN_CALL.length(), MODERN_HEADERS) + MODERN_CALL);
        accept();
        send(server, STREAM_HEAD + chunk(": hello\n\n"));
        assertThat(client.getInputStream().readNBytes(20)).hasSize(20);
        reset(client);

        assertThat(readToEnd(server)).as("the upstream is hung up on").isNotNegative();
        assertRecord(onlyRecord(), "cancelled", null);
    }

    @Test
    void legacyClientThatResetsWithinTheResponseDoesNotCancel() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        send(server, STREAM_HEAD + chunk(": hello\n\n"));
        assertThat(client.getInputStream().readNBytes(20)).hasSize(20);
        reset(client);
        send(server, chunk("data: " + RESULT + "\n\n") + "0\r\n\r\n");

        assertRecord(onlyRecord(), "succeeded", null);
    }

    @Test
    void upstreamThatResetsBeforeItAnswersIsNotAskedAgain() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        reset(server);

        assertRefused(502, "broke off");
        assertRecord(onlyRecord(), "upstream_failed", "upstream_broke_off");
        assertNothingWentUpstream();
    }

    @Test
    void keptConnectionThatIsResetIsNotReplacedForTheSameCall() throws IOException {
        assertThat(callSucceeds()).isTrue();
        send(client, head(CALL.length(), "") + CALL);
        assertThat(RawMessage.read(server.getInputStream())).isNotNull();
        reset(server);

        assertRefused(502, "broke off");
        assertNothingWentUpstream();
    }

    @Test
    void upstreamThatResetsWithinABodyIsReplacedByAnError() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        send(server, ANSWER.substring(0, ANSWER.length() - 5));
        reset(server);

        assertRefused(502, "broke off");
        assertRecord(onlyRecord(), "upstream_failed", "upstream_broke_off");
        assertNothingWentUpstream();
    }

    @Test
    void halfAnEventIsNotPassedOn() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        send(server, STREAM_HEAD + chunk("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"half\""));
        reset(server);

        var answer = RawMessage.read(client.getInputStream());
        assertThat(answer.complete()).isTrue();
        assertThat(answer.body()).contains("\"id\":1,\"error\":{\"code\":502").doesNotContain("half");
        assertRecord(onlyRecord(), "upstream_failed", "upstream_broke_off");
        assertNothingWentUpstream();
    }

    @Test
    void streamThatBreaksBehindAnIdBreaksForTheClientToo() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        send(
                server,
                STREAM_HEAD
                        + chunk(
                                "id: 7\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\ndata: {\"half\""));
        reset(server);

        var answer = RawMessage.read(client.getInputStream());
        assertThat(answer.complete()).as("the client sees that it may resume").isFalse();
        assertThat(answer.body()).contains("id: 7").doesNotContain("half", "error");
        assertRecord(onlyRecord(), "upstream_failed", "upstream_broke_off");
    }

    @Test
    void garbageBehindAResponseTaintsNoOther() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        send(server, ANSWER + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");

        assertThat(RawMessage.read(client.getInputStream()).body()).isEqualTo(RESULT);
        assertRecord(onlyRecord(), "succeeded", null);
        var tainted = server;
        assertThat(callSucceeds()).isTrue();
        assertThat(server).as("the next call has a connection of its own").isNotSameAs(tainted);
        tainted.close();
    }

    @Test
    void upstreamThatNeverAnswersIsGivenUp() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();

        assertRefused(504, "");
        assertRecord(onlyRecord(), "upstream_failed", "upstream_too_slow");
        assertThat(readToEnd(server)).as("the upstream is hung up on").isNotNegative();
    }

    @Test
    void upstreamWhoseHeadNeverEndsIsGivenUp() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        accept();
        send(server, "HTTP/1.1 200 OK\r\nX-Padding: ");
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(10))
                .until(() -> isGone(server));

        assertRefused(504, "");
        assertRecord(onlyRecord(), "upstream_failed", "upstream_too_slow");
    }

    @Test
    void brokenConnectionsDoNotUseUpThePool() throws IOException {
        // more than the 100 connections that there may be
        for (int i = 0; i < 120; i++) {
            send(client, head(CALL.length(), "") + CALL);
            accept();
            reset(server);
            assertRefused(502, "broke off");
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> records() == recordsBefore + 120);
    }

    private boolean callSucceeds() throws IOException {
        send(client, head(CALL.length(), "") + CALL);
        if (server == null || server.isClosed() || !hasRequest(server)) {
            try {
                upstream.setSoTimeout(500);
                accept();
            } catch (SocketTimeoutException e) {
                return answered() == 200;
            } finally {
                upstream.setSoTimeout(10_000);
            }
        }
        send(server, ANSWER);
        return answered() == 200;
    }

    private int answered() throws IOException {
        var answer = RawMessage.read(client.getInputStream());
        if (answer == null) {
            client = proxy.connect();
            return 0;
        }
        lastExchange = answer.header("portcullis-exchange").orElseThrow();
        return answer.status();
    }

    private static boolean hasRequest(Socket kept) throws IOException {
        try {
            kept.setSoTimeout(300);
            return RawMessage.read(kept.getInputStream()) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private void accept() throws IOException {
        server = upstream.accept();
        server.setSoTimeout(10_000);
        assertThat(RawMessage.read(server.getInputStream())).isNotNull();
    }

    /// Sends a byte at a time until the gateway answers or hangs up.
    private void trickle() {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(10))
                .until(() -> client.getInputStream().available() > 0 || isGone(client));
    }

    private void assertRefused(int status, String message) throws IOException {
        var answer = RawMessage.read(client.getInputStream());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("\"id\":1", message);
    }

    private static void assertRecord(Record written, String outcome, String refusal) {
        assertThat(written.get(TOOL_CALLS.OUTCOME).toString()).isEqualToIgnoringCase(outcome);
        assertThat(written.get(TOOL_CALLS.REFUSAL)).isEqualTo(refusal);
    }

    /// The record of the exchange of this test, of which there is one.
    private Record onlyRecord() {
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(10))
                .until(() -> records() > recordsBefore);
        assertThat(records()).isEqualTo(recordsBefore + 1);
        return proxy.sql()
                .selectFrom(TOOL_CALLS)
                .orderBy(TOOL_CALLS.ID.desc())
                .limit(1)
                .fetchSingle();
    }

    private static int records() {
        return proxy.sql().fetchCount(TOOL_CALLS);
    }

    private static void assertNothingWentUpstream() throws IOException {
        upstream.setSoTimeout(200);
        assertThat(catchThrowable(upstream::accept))
                .as("a request upstream")
                .isInstanceOf(SocketTimeoutException.class);
        upstream.setSoTimeout(10_000);
    }

    private static String head(int length, String headers) {
        return "POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + length + "\r\n\r\n";
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
