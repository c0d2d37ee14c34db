package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Whatever becomes of an exchange, the trail has it once, and says what became of it.
@Timeout(60)
class OneRecordEachTest {
    private static final String OUTSIDE = "X-Forwarded-For: 203.0.113.7";
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";
    private static final int EVENTS = 200;

    private final List<String> expected = new ArrayList<>();
    private HandDrivenUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        upstream = new HandDrivenUpstream();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://127.0.0.1:%1$d/mcp", authentication: open}
                  office: {upstream: "http://127.0.0.1:%1$d/mcp", authentication: open}
                  guarded: {upstream: "http://127.0.0.1:%1$d/mcp", authentication: gateway}
                  closed: {upstream: "http://127.0.0.1:%1$d/mcp", authentication: open}
                  down: {upstream: "http://127.0.0.1:1/mcp", authentication: open}
                rules:
                  - {id: office-only, match: {routes: [office]}, allowedNetworks: [198.51.100.0/24]}
                  - {id: no-calls, match: {routes: [closed], tools: [list_entities]}, deny: true}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port(), "127.0.0.1:1"),
                AuditSettings.defaults(),
                Optional.empty(),
                IdentitySettings.none(),
                new AddressSettings(
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()), ForwardingHeader.X_FORWARDED_FOR, false));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @Test
    void everyExchangeHasOneRecordOfWhatBecameOfIt() throws Exception {
        // When
        refused(Calls.post("r").replace("\"id\":1", "\"id\";1"), "400 refused none");
        refused(Calls.post("nowhere"), "404 refused none");
        refused(Calls.post("guarded"), "401 refused none");
        refused(Calls.post("office", OUTSIDE), "403 denied denied");
        refused(Calls.post("closed"), "200 denied denied");
        refused(Calls.post("down"), "502 upstream_failed allowed");
        answered(RESULT, "200 succeeded allowed");
        answered(RESULT.replace("[]", "[],\"isError\":true"), "200 tool_error allowed");
        answered(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"no\"}}",
                "200 protocol_error allowed");
        left();
        streamed();
        killed();

        // Then: records are written in the order in which exchanges end
        answered(RESULT, "200 succeeded allowed");
        proxy.record(expected.getLast().substring(0, 36));
        assertThat(proxy.sql()
                        .selectFrom(TOOL_CALLS)
                        .fetch(record -> String.join(
                                " ",
                                record.getId().toString(),
                                String.valueOf(record.getHttpStatus()),
                                record.getOutcome(),
                                record.getDecision())))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private void refused(String request, String expectation) throws IOException {
        var answer = proxy.exchange(request);
        expect(answer.header("portcullis-exchange").orElseThrow(), expectation);
    }

    private void answered(String body, String expectation) throws IOException {
        try (var client = sending(Calls.post("r"));
                var exchange = upstream.next()) {
            exchange.answer("", body);
            var answer = RawMessage.read(client.getInputStream());
            assertThat(answer.body()).isEqualTo(body);
            expect(answer.header("portcullis-exchange").orElseThrow(), expectation);
        }
    }

    /// A client of the modern era that hangs up has given up its call.
    private void left() throws IOException {
        var client = sending(modernCall());
        try (var exchange = upstream.next().beginStream()) {
            expect(exchangeOf(client), "200 cancelled allowed");
            client.close();
            assertThat(exchange.socket().getInputStream().read()).as("the end").isEqualTo(-1);
        }
    }

    /// A stream has its record at its end, and all of it is in there.
    private void streamed() throws IOException {
        try (var client = sending(Calls.get("r"));
                var exchange = upstream.next().beginStream()) {
            var id = exchangeOf(client);
            for (var i = 0; i < EVENTS; i++) {
                exchange.message(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"n\":" + i + "}}");
            }
            var events = new String(client.getInputStream().readNBytes(EVENTS * 50), StandardCharsets.UTF_8);
            answered(RESULT, "200 succeeded allowed");
            proxy.record(expected.getLast().substring(0, 36));
            assertThat(proxy.sql().fetchCount(TOOL_CALLS, TOOL_CALLS.ID.eq(UUID.fromString(id))))
                    .as("a record of what goes on")
                    .isZero();
            exchange.endStream();

            var record = proxy.record(id);
            assertThat(record.get(TOOL_CALLS.RESPONSE_BYTES)).isGreaterThanOrEqualTo((long) events.length());
            assertThat(record.get(TOOL_CALLS.COMPLETED_AT)).isAfter(record.get(TOOL_CALLS.OCCURRED_AT));
            expect(id, "200 succeeded allowed");
        }
    }

    /// A call that waits, a stream, and whoever comes afterwards.
    private void killed() throws IOException {
        try (var caller = sending(Calls.post("r"));
                var call = upstream.next();
                var listener = sending(Calls.get("r"));
                var stream = upstream.next().beginStream()) {
            expect(exchangeOf(listener), "200 cancelled denied");

            proxy.kill("{\"organization\":true}", "incident 7");

            var answer = RawMessage.read(caller.getInputStream());
            expect(answer.header("portcullis-exchange").orElseThrow(), "403 cancelled denied");
            assertThat(call.socket().getInputStream().read()).as("the end").isEqualTo(-1);
            assertThat(stream.socket().getInputStream().read()).as("the end").isEqualTo(-1);
            refused(Calls.post("r"), "403 denied denied");
        }
        proxy.releaseKills();
    }

    private void expect(String exchange, String expectation) {
        expected.add(exchange + " " + expectation);
    }

    private Socket sending(String request) throws IOException {
        var client = proxy.connect();
        client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return client;
    }

    private static String modernCall() {
        var body = Calls.BODY.replace(
                "\"list_entities\"",
                "\"list_entities\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}");
        return "POST /mcp/r HTTP/1.1\r\nHost: gateway.example\r\nContent-Type: application/json\r\n"
                + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: list_entities\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /// Reads the head of a response to its end.
    private static String exchangeOf(Socket client) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = client.getInputStream().read();
            assertThat(next).as("more after " + head).isNotNegative();
            head.append((char) next);
        }
        return head.toString()
                .lines()
                .filter(line -> line.startsWith("portcullis-exchange:"))
                .findFirst()
                .orElseThrow()
                .substring("portcullis-exchange:".length())
                .strip();
    }
}
