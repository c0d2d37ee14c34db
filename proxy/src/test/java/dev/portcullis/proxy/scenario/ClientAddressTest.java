package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where clients are, when proxies stand before the gateway, and networks that may not enter.
class ClientAddressTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final List<Network> LOOPBACK =
            List.of(Network.parse("127.0.0.0/8").orElseThrow());
    private static final List<Network> ELSEWHERE =
            List.of(Network.parse("10.0.0.0/8").orElseThrow());

    private static final Map<AddressSettings, ProxyUnderTest> PROXIES = new HashMap<>();
    private static ScriptedUpstream upstream;

    @BeforeAll
    static void start() throws Exception {
        upstream = new ScriptedUpstream();
    }

    @AfterAll
    static void stop() throws Exception {
        PROXIES.values().forEach(ProxyUnderTest::close);
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            198.51.100.7 | anyone   | 200 | 198.51.100.7
            203.0.113.9  | anyone   | 403 | 203.0.113.9
            2001:db8::5  | anyone   | 200 | 2001:db8::5
            2001:db9::5  | anyone   | 403 | 2001:db9::5
            198.51.100.7 | office   | 403 | 198.51.100.7
            198.51.100.9 | office   | 200 | 198.51.100.9
            """)
    void networksAreJudgedByTheClientsOwnAddress(String from, String route, int status, String recorded)
            throws Exception {
        var proxy = proxy(new AddressSettings(LOOPBACK, ForwardingHeader.X_FORWARDED_FOR, false));
        // When
        var answer = proxy.exchange(request(route, "X-Forwarded-For: 10.7.7.7, " + from + "\r\n"));

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        var record = record(proxy, answer);
        assertThat(record.get("client_address").toString()).contains(recorded);
        assertThat(upstream.received()).hasSize(status == 200 ? 1 : 0);
        if (status == 403) {
            assertThat((String[]) record.get("rules")).isNotEmpty();
            assertThat(record.get("method"))
                    .as("refused before the body was read")
                    .isNull();
        }
    }

    @Test
    void groupMayBeConfinedToItsNetwork() throws Exception {
        var proxy = proxy(new AddressSettings(LOOPBACK, ForwardingHeader.X_FORWARDED_FOR, false));
        // Given a key whose holder is one of the developers
        var key = proxy.addKey("dev", null, new String[0], null).reveal();
        var authorization = "Authorization: Bearer " + key + "\r\n";
        await().atMost(Duration.ofSeconds(5))
                .until(() -> proxy.exchange(request("keyed", authorization + "X-Forwarded-For: 198.51.100.50\r\n"))
                                .status()
                        == 200);

        // Then
        var answer = proxy.exchange(request("keyed", authorization + "X-Forwarded-For: 198.51.100.7\r\n"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat((String[]) record(proxy, answer).get("rules")).containsExactly("developers");
        assertThat(record(proxy, answer).get("caller")).isEqualTo("key:dev");
    }

    @Test
    void garbledWordOfATrustedProxyIsRefusedAndRecorded() throws Exception {
        var proxy = proxy(new AddressSettings(LOOPBACK, ForwardingHeader.FORWARDED, false));
        var answer = proxy.exchange(request("anyone", "Forwarded: for=_hidden\r\n"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(record(proxy, answer).get("refusal")).isEqualTo("bad_http");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void strangersHeaderIsIgnoredAndCounted() throws Exception {
        var proxy = proxy(new AddressSettings(ELSEWHERE, ForwardingHeader.X_FORWARDED_FOR, false));
        // 127.0.0.1 is none of the allowed networks.
        var answer = proxy.exchange(request("anyone", "X-Forwarded-For: 198.51.100.7\r\n"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(record(proxy, answer).get("client_address").toString()).contains("127.0.0.1");
        assertThat(proxy.metrics()).contains("portcullis_forwarding_headers_ignored_total 1.0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            50524f5859205443503420                                                     | v1
            2111000c c6336407 7f000001 1111 2222                                       | v2
            21210024 20010db8000000000000000000000005 00000000000000000000000000000001 1111 2222 | v2
            2111000f c6336407 7f000001 1111 2222 040000                                | v2
            """)
    void proxyLineNamesTheClient(String hex, String version) throws Exception {
        var proxy = proxy(new AddressSettings(LOOPBACK, ForwardingHeader.X_FORWARDED_FOR, true));
        // Given
        var line = version.equals("v1")
                ? "PROXY TCP4 198.51.100.7 127.0.0.1 4711 8080\r\n".getBytes(StandardCharsets.US_ASCII)
                : HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));

        // When it comes in pieces
        var answer = exchange(proxy, line, request("anyone", ""));

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(record(proxy, answer).get("client_address").toString()).containsAnyOf("198.51.100.7", "2001:db8::5");
    }

    @Test
    void localConnectionIsTheProxysOwn() throws Exception {
        var proxy = proxy(new AddressSettings(LOOPBACK, ForwardingHeader.X_FORWARDED_FOR, true));
        var answer = exchange(proxy, HexFormat.of().parseHex(SIGNATURE + "20000000"), request("anyone", ""));
        assertThat(record(proxy, answer).get("client_address").toString()).contains("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /mcp/anyone HTTP/1.1\r\nHost: gateway.example\r\n\r\n",
                "PROXY TCP4 198.51.100.7 127.0.0.1 99999 8080\r\n",
                "PROXY TCP4 garbage\r\n",
                "PROXY TCP4 198.51.100.7 127.0.0.1 4711 8080 and much more that makes the line longer than it may be, much more"
            })
    void connectionWithoutAProxyLineIsClosed(String begin) throws Exception {
        var proxy = proxy(new AddressSettings(LOOPBACK, ForwardingHeader.X_FORWARDED_FOR, true));
        try (var socket = proxy.connect()) {
            var before = refusedConnections(proxy);
            socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            await().atMost(Duration.ofSeconds(5)).until(() -> refusedConnections(proxy) == before + 1);
        }
    }

    @Test
    void proxyLineOfAStrangerIsNotRead() throws Exception {
        var proxy = proxy(new AddressSettings(ELSEWHERE, ForwardingHeader.X_FORWARDED_FOR, true));
        try (var socket = proxy.connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void unexpectedProxyLineIsBadHttpOnRecord() throws Exception {
        var proxy = proxy(AddressSettings.direct());
        var version1 = proxy.exchange("PROXY TCP4 198.51.100.7 127.0.0.1 1 2\r\n" + request("anyone", ""));
        var version2 = exchange(
                proxy, HexFormat.of().parseHex(SIGNATURE + "2111000cc63364077f00000111112222"), request("anyone", ""));
        for (var answer : List.of(version1, version2)) {
            assertThat(answer.status()).isEqualTo(400);
            var record = record(proxy, answer);
            assertThat(record.get("refusal")).isEqualTo("bad_http");
            assertThat(record.get("client_address").toString()).contains("127.0.0.1");
        }
        assertThat(upstream.received()).isEmpty();
    }

    /// One for all tests with these addresses; the upstream has received nothing yet.
    private static ProxyUnderTest proxy(AddressSettings addresses) throws Exception {
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n"
                        + ANSWER,
                false));
        var known = PROXIES.get(addresses);
        if (known == null) {
            known = started(addresses);
            PROXIES.put(addresses, known);
        }
        return known;
    }

    private static ProxyUnderTest started(AddressSettings addresses) throws Exception {
        return new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  anyone: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                  office: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                  keyed: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                rules:
                  - {id: everybody, allowedNetworks: [198.51.100.0/24, "2001:db8::/32"]}
                  - {id: office, match: {routes: [office]}, allowedNetworks: [198.51.100.8/31]}
                  - {id: developers, match: {groups: [developers]}, allowedNetworks: [198.51.100.48/28]}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.empty(),
                IdentitySettings.none(),
                addresses);
    }

    private static double refusedConnections(ProxyUnderTest proxy) throws IOException {
        var name = "portcullis_connections_refused_total{reason=\"no_proxy_line\"} ";
        return proxy.metrics()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private static RawMessage exchange(ProxyUnderTest proxy, byte[] line, String request) throws IOException {
        try (var socket = proxy.connect()) {
            var all = new ByteArrayOutputStream();
            all.writeBytes(line);
            all.writeBytes(request.getBytes(StandardCharsets.US_ASCII));
            var bytes = all.toByteArray();
            try {
                for (int sent = 0; sent < bytes.length; sent += 7) {
                    socket.getOutputStream().write(bytes, sent, Math.min(7, bytes.length - sent));
                    socket.getOutputStream().flush();
                }
            } catch (IOException e) {
                // refused early: the answer is there all the same
            }
            return RawMessage.read(socket.getInputStream());
        }
    }

    private static Record record(ProxyUnderTest proxy, RawMessage answer) {
        return proxy.record(answer.header("portcullis-exchange").orElseThrow());
    }

    private static String request(String route, String headers) {
        return "POST /mcp/" + route + " HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n"
                + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n" + headers
                + "Content-Length: " + CALL.length() + "\r\n\r\n" + CALL;
    }
}
