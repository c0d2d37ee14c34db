package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.RawHttp2;
import dev.portcullis.proxy.fixture.TlsMaterial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A PROXY line before TLS, on a listener that has certificates for several names.
class ProxyLineTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String NAMED = "PROXY TCP4 198.51.100.7 127.0.0.1 4711 443\r\n";

    @TempDir
    private static Path folder;

    private static TlsMaterial material;
    private static ScriptedUpstream upstream;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() throws Exception {
        material = new TlsMaterial(folder);
        upstream = new ScriptedUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  open: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.of(material.settings(
                        ClientCertificates.NONE, Map.of("mcp.port.test", material.host("mcp.port.test")))),
                IdentitySettings.none(),
                new AddressSettings(
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()), ForwardingHeader.X_FORWARDED_FOR, true));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY UNKNOWN\r\n",
                "PROXY UNKNOWN 198.51.100.7 127.0.0.1 1 2\r\n",
                // LOCAL, without and with addresses
                "20000000",
                "2011000cc63364077f00000111112222",
                // a socket of UNIX, and an unknown family
                "213100d8",
                "21000000"
            })
    void whereNobodyIsNamedNobodyNamesThemselves(String line) throws Exception {
        try (var connection = proxy.connect()) {
            // Given
            begin(connection, line);
            var socket = tls(connection);

            // When
            var answer = TlsClient.exchange(
                    socket,
                    Calls.post(
                            "guarded",
                            "X-Forwarded-For: 198.51.100.99",
                            "X-Forwarded-Host: mcp.evil.example",
                            "Forwarded: for=198.51.100.99"));

            // Then
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("www-authenticate").orElse("")).contains("https://gateway.example/");
            assertThat(client(answer.header("portcullis-exchange").orElseThrow()))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void namedClientComesBeforeWhatItSays() throws Exception {
        try (var connection = proxy.connect()) {
            // Given
            begin(connection, NAMED);

            // When
            var answer = TlsClient.exchange(tls(connection), Calls.post("open", "X-Forwarded-For: 198.51.100.99"));

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(client(answer.header("portcullis-exchange").orElseThrow()))
                    .isEqualTo("198.51.100.7");
            assertThat(proxy.metrics()).contains("portcullis_forwarding_headers_ignored_total");
        }
    }

    @Test
    void everyStreamOfHttp2IsTheNamedClients() throws Exception {
        try (var connection = proxy.connect()) {
            // Given
            begin(connection, NAMED);
            try (var client = new RawHttp2(tls(connection), 65_535)) {
                for (var stream : List.of(1, 3)) {
                    // When
                    client.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head());
                    client.frame(
                            RawHttp2.DATA, RawHttp2.END_STREAM, stream, Calls.BODY.getBytes(StandardCharsets.UTF_8));
                    var fields = client.fields(client.next(stream));
                    client.next(stream);

                    // Then
                    assertThat(fields).containsEntry(":status", "200");
                    assertThat(client(fields.get("portcullis-exchange"))).isEqualTo("198.51.100.7");
                }
            }
        }
    }

    @Test
    void whoSpeaksNoTlsAfterTheLineIsOnRecord() throws Exception {
        // When
        try (var connection = proxy.connect()) {
            begin(connection, NAMED);
            Peer.send(connection, "GET /mcp/open?s3cret HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Peer.readToEnd(connection);
        }

        // Then
        var record =
                await().atMost(Duration.ofSeconds(5)).until(() -> proxy.refusals("no_tls"), found -> !found.isEmpty());
        assertThat(record).singleElement().satisfies(refused -> {
            assertThat(refused.get("client_address").toString()).contains("198.51.100.7");
            assertThat(refused.toString()).doesNotContain("s3cret");
        });
        assertThat(proxy.metrics()).contains("portcullis_connections_refused_total{reason=\"no_tls\"} 1.0");
    }

    private static void begin(Socket connection, String line) throws IOException {
        var bytes = line.startsWith("PROXY")
                ? line.getBytes(StandardCharsets.US_ASCII)
                : HexFormat.of().parseHex(SIGNATURE + line + (line.equals("213100d8") ? "61".repeat(0xd8) : ""));
        connection.getOutputStream().write(bytes);
        connection.getOutputStream().flush();
    }

    private static javax.net.ssl.SSLSocket tls(Socket connection) throws Exception {
        return new TlsClient(material, proxy.port(), Optional.empty()).over(connection);
    }

    private static byte[] head() {
        return RawHttp2.block(
                ":method",
                "POST",
                ":scheme",
                "https",
                ":path",
                "/mcp/open",
                ":authority",
                "gateway.example",
                "accept",
                "application/json, text/event-stream",
                "content-type",
                "application/json",
                "mcp-protocol-version",
                "2025-11-25",
                "x-forwarded-for",
                "198.51.100.99");
    }

    private static String client(String exchange) {
        return proxy.record(exchange).get("client_address").toString().replaceFirst("/.*", "");
    }
}
