package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.StreamLimits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.RawHttp2;
import dev.portcullis.proxy.fixture.RawHttp2.Frame;
import dev.portcullis.proxy.fixture.TlsMaterial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// HTTP/2 requests, frame by frame: what would mean something else in HTTP/1.1 goes no further.
@Timeout(60)
class Http2RequestsTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

    @TempDir
    static Path folder;

    private static TlsMaterial material;
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        material = new TlsMaterial(folder);
        upstream = new ScriptedUpstream();
        var address = "127.0.0.1:" + upstream.port();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://%s/mcp", authentication: open}
                rules: []
                """.formatted(address),
                limits(),
                Set.of(address),
                AuditSettings.defaults(),
                Optional.of(material.settings(ClientCertificates.NONE)));
    }

    private static Limits limits() {
        var defaults = Limits.defaults();
        return new Limits(
                defaults.bodyBytes(),
                defaults.headerBytes(),
                defaults.jsonDepth(),
                defaults.listBytes(),
                defaults.eventBytes(),
                defaults.idle(),
                defaults.responseHead(),
                defaults.exchanges(),
                defaults.requestHead(),
                new StreamLimits(100, 3, Duration.ofHours(1), Duration.ofHours(1)));
    }

    @AfterAll
    static void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @BeforeEach
    void answer() {
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n"
                        + "Content-Length: " + ANSWER.length() + "\r\n\r\n" + ANSWER,
                false));
    }

    @Test
    void requestIsForwardedAndItsAnswerHasNoFieldsOfOneHop() throws Exception {
        try (var client = client()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head());
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, bytes(PING));

            var head = client.next(1);
            var fields = client.fields(head);
            assertThat(fields).containsEntry(":status", "200").containsKey("portcullis-exchange");
            assertThat(fields).doesNotContainKeys("connection", "keep-alive", "transfer-encoding", "upgrade");
            assertThat(client.next(1).text()).isEqualTo(ANSWER);
            assertThat(upstream.received()).hasSize(1);
            var received = upstream.received().getFirst();
            assertThat(received.startLine()).isEqualTo("POST /mcp HTTP/1.1");
            assertThat(received.header("host")).contains("127.0.0.1:" + upstream.port());
            assertThat(received.headerLines())
                    .noneMatch(line -> line.toLowerCase().startsWith("x-http2-"));
            var record = proxy.record(fields.get("portcullis-exchange"));
            assertThat(record.get("outcome")).isEqualTo("succeeded");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "connection,close",
                "connection,x-read-only-mode",
                "transfer-encoding,chunked",
                "keep-alive,timeout=5",
                "upgrade,websocket",
                "proxy-connection,keep-alive",
                "te,gzip",
                "X-Upper,1",
                "a b,1",
                "a:b,1",
                "a\\r\\nb,1",
                "x-split,a\\r\\nX-Evil: 1",
                "x-cr,a\\rb",
                "x-lf,a\\nb",
                "x-nul,a\\0b",
                "host,evil.example.com",
                "content-length,41",
                "content-length,+40",
                "content-length,40\\, 40",
                ":authority,evil.example.com",
                ":unknown,1",
                ":status,200",
            })
    void fieldThatWouldBeReadOtherwiseRefusesTheStream(String name, String value) throws Exception {
        var fields = new ArrayList<>(fields());
        fields.add(unescaped(name));
        fields.add(unescaped(value));
        assertRefused(fields);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                ":path,http://localhost/mcp/r",
                ":path,*",
                ":path,mcp/r",
                ":path,/mcp/r HTTP/1.1\\r\\nX: y",
                ":path,/mcp/r#x",
                ":path,/mcp/r\\0",
                ":path,``",
                ":method,PO ST",
                ":method,``",
                ":scheme,http",
                ":scheme,https://evil",
                ":authority,evil.example.com",
                ":authority,localhost@evil.example.com",
                ":authority,localhost\\r\\nX: y",
            })
    void pseudoHeaderThatIsNotWhatItShouldBeRefusesTheStream(String name, String value) throws Exception {
        var fields = new ArrayList<>(fields());
        fields.set(fields.indexOf(name) + 1, value == null ? "" : unescaped(value));
        assertRefused(fields);
    }

    @ParameterizedTest
    @CsvSource({":method", ":path", ":scheme"})
    void missingPseudoHeaderRefusesTheStream(String name) throws Exception {
        var fields = new ArrayList<>(fields());
        int at = fields.indexOf(name);
        fields.remove(at);
        fields.remove(at);
        assertRefused(fields);
    }

    @Test
    void pseudoHeaderBehindAFieldRefusesTheStream() throws Exception {
        var fields = new ArrayList<String>(List.of("accept", "application/json"));
        fields.addAll(fields());
        assertRefused(fields);
    }

    @Test
    void bodyShorterThanItsLengthRefusesTheStream() throws Exception {
        try (var client = client()) {
            var fields = new ArrayList<>(fields());
            fields.addAll(List.of("content-length", "4000"));
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.block(fields.toArray(String[]::new)));
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, bytes(PING));
            assertThat(isRefusal(client, client.next(1))).isTrue();
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void streamBeyondTheLimitIsRefusedAndTheOthersGoOn() throws Exception {
        try (var client = client()) {
            for (int stream = 1; stream < 9; stream += 2) {
                client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head());
            }
            var refused = client.next(7);
            assertThat(refused.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(refused.error()).isEqualTo(RawHttp2.REFUSED_STREAM);
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, bytes(PING));
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");
        }
    }

    @Test
    void clientThatWaitsIsToldToGoOn() throws Exception {
        try (var client = client()) {
            var fields = new ArrayList<>(fields());
            fields.addAll(List.of("expect", "100-continue"));
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.block(fields.toArray(String[]::new)));
            assertThat(client.fields(client.next(1))).containsEntry(":status", "100");
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, bytes(PING));
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");
        }
    }

    @Test
    void trailersCarryNothing() throws Exception {
        try (var client = client()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head());
            client.frame(RawHttp2.DATA, 0, 1, bytes(PING));
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.block("authorization", "Bearer x", "mcp-method", "tools/call"));
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");
            assertThat(upstream.received()).hasSize(1);
            assertThat(upstream.received().getFirst().headerLines())
                    .noneMatch(line -> line.toLowerCase().startsWith("mcp-method"));
        }
    }

    @Test
    void secondRequestOnOneStreamIsNoRequest() throws Exception {
        try (var client = client()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head());
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, head());
            assertThat(isRefusal(client, client.next(1))).isTrue();
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void headLargerThanTheLimitIsRefused() throws Exception {
        try (var client = client()) {
            var fields = new ArrayList<>(fields());
            fields.addAll(List.of("x-a", "a".repeat(8000), "x-b", "b".repeat(8000)));
            var more = RawHttp2.block("x-c", "c".repeat(9000), "x-d", "d".repeat(7300));
            client.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(fields.toArray(String[]::new)));
            client.frame(RawHttp2.CONTINUATION, 0, 1, more);
            client.frame(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 1, RawHttp2.block("x-e", "e".repeat(1000)));
            var answer = client.next(1);
            assertThat(answer.type() == RawHttp2.HEADERS
                                    && client.fields(answer).get(":status").equals("431")
                            || isRefusal(client, answer))
                    .isTrue();
            assertThat(upstream.received()).isEmpty();
        }
    }

    @Test
    void resetsWithoutEndEndTheConnection() throws Exception {
        try (var client = client()) {
            assertThat(gaveUp(client, () -> {
                        for (int stream = 1; stream < 4001; stream += 2) {
                            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head());
                            client.frame(RawHttp2.RST_STREAM, 0, stream, RawHttp2.number(8));
                        }
                    }))
                    .isTrue();
        }
    }

    @Test
    void emptyFramesWithoutEndEndTheConnection() throws Exception {
        try (var client = client()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, head());
            assertThat(gaveUp(client, () -> {
                        for (int i = 0; i < 100; i++) {
                            client.frame(RawHttp2.DATA, 0, 1, new byte[0]);
                        }
                    }))
                    .isTrue();
        }
    }

    @Test
    void continuationsWithoutEndEndTheConnection() throws Exception {
        try (var client = client()) {
            assertThat(gaveUp(client, () -> {
                        client.frame(RawHttp2.HEADERS, 0, 1, head());
                        for (int i = 0; i < 1000; i++) {
                            client.frame(RawHttp2.CONTINUATION, 0, 1, RawHttp2.block("x", "y"));
                        }
                    }))
                    .isTrue();
        }
    }

    private interface Sending {
        void run() throws IOException;
    }

    /// Whether the gateway ends the connection over what is sent.
    private static boolean gaveUp(RawHttp2 client, Sending sending) throws IOException {
        try {
            sending.run();
        } catch (SocketException e) {
            return true;
        }
        try {
            for (var frame = client.next(); ; frame = client.next()) {
                if (frame.type() == RawHttp2.GOAWAY) {
                    assertThat(frame.error()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
                    return true;
                }
            }
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    private static void assertRefused(List<String> fields) throws Exception {
        try (var client = client()) {
            client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.block(fields.toArray(String[]::new)));
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, bytes(PING));
            var answer = client.next(1);
            assertThat(isRefusal(client, answer)).as(answer.toString()).isTrue();
            assertThat(upstream.received()).isEmpty();
        }
    }

    private static boolean isRefusal(RawHttp2 client, Frame frame) throws Exception {
        return switch (frame.type()) {
            case RawHttp2.RST_STREAM, RawHttp2.GOAWAY -> frame.error() == RawHttp2.PROTOCOL_ERROR;
            case RawHttp2.HEADERS -> client.fields(frame).get(":status").startsWith("4");
            default -> false;
        };
    }

    private static List<String> fields() {
        return List.of(
                ":method",
                "POST",
                ":scheme",
                "https",
                ":path",
                "/mcp/r",
                ":authority",
                "localhost",
                "content-type",
                "application/json");
    }

    private static byte[] head() {
        return RawHttp2.block(fields().toArray(String[]::new));
    }

    private static RawHttp2 client() throws Exception {
        return new RawHttp2(material.clientContext(Optional.empty()), proxy.port(), 65_535);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String unescaped(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\,", ",");
    }
}
