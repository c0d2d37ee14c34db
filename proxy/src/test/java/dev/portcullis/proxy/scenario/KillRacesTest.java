package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.GuardedUpstream;
import dev.portcullis.proxy.fixture.RawHttp2;
import dev.portcullis.proxy.fixture.TlsMaterial;
import dev.portcullis.secrets.UpstreamCredential.PortToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Kills that come between two steps of a request, or on a connection that many share.
@Timeout(60)
class KillRacesTest {
    @TempDir
    Path folder;

    private ScriptedUpstream streams;
    private TlsMaterial material;
    private GuardedUpstream upstream;
    private ProxyUnderTest proxy;
    private String ada;
    private String eve;

    @BeforeEach
    void start() throws Exception {
        material = new TlsMaterial(folder);
        upstream = new GuardedUpstream();
        streams = new ScriptedUpstream();
        streams.answersWith(Calls.STREAM);
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  keyed: {upstream: "http://%s/mcp", authentication: gateway, credential: main}
                  streams: {upstream: "http://127.0.0.1:%d/v1", authentication: gateway}
                """.formatted(upstream.authority(), streams.port()),
                Limits.defaults(),
                Set.of(upstream.authority(), "127.0.0.1:" + streams.port()),
                AuditSettings.defaults(),
                Optional.of(material.settings(ClientCertificates.NONE)));
        ada = proxy.addMember("ada", "on-call").reveal();
        eve = proxy.addMember("eve", "contractors").reveal();
        await().atMost(Duration.ofSeconds(5)).until(() -> proxy.metrics().contains("portcullis_api_keys 2.0"));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        upstream.close();
        streams.close();
    }

    @Test
    void callThatIsDecidedAndWaitsForItsCredentialIsNotSent() throws Exception {
        // Given
        var tokens = new CountDownLatch(1);
        upstream.waitFor(tokens);
        proxy.putCredential(
                "main",
                new PortToken(List.of(upstream.url()), upstream.at("/v1/auth/access_token"), "id", new Secret("s")));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> proxy.metrics()
                        .lines()
                        .anyMatch(line -> line.matches("portcullis_credentials_loads_total ([2-9]|\\d\\d+)\\.0")));
        try (var client = client()) {
            request(client, 1, "POST", "keyed", eve);
            await().atMost(Duration.ofSeconds(5)).until(() -> !upstream.asked().isEmpty());

            // When
            proxy.kill("{\"callers\": [\"key:eve\"]}", "leaked");
            tokens.countDown();

            // Then
            assertThat(client.fields(client.next(1))).containsEntry(":status", "403");
            request(client, 3, "POST", "keyed", ada);
            assertThat(client.fields(client.next(3))).containsEntry(":status", "200");
            assertThat(upstream.seen()).as("hers alone").hasSize(1);
        }
    }

    @Test
    void ofOneConnectionOnlyTheStreamsOfWhoIsStoppedEnd() throws Exception {
        try (var client = client()) {
            // Given
            request(client, 1, "GET", "streams", ada);
            assertThat(client.fields(client.next(1))).containsEntry(":status", "200");
            request(client, 3, "GET", "streams", eve);
            assertThat(client.fields(client.next(3))).containsEntry(":status", "200");

            // When
            proxy.kill("{\"groups\": [\"contractors\"]}", "no contractors");

            // Then
            var last = client.next(3);
            while (last.type() != RawHttp2.RST_STREAM && !last.endsStream()) {
                last = client.next(3);
            }
            request(client, 5, "GET", "streams", eve);
            assertThat(client.fields(client.next(5))).containsEntry(":status", "403");
            request(client, 7, "GET", "streams", ada);
            assertThat(client.fields(client.next(7))).containsEntry(":status", "200");
            assertThat(proxy.metrics()).as("both of hers").contains("portcullis_exchanges_in_flight 2.0");
        }
    }

    private RawHttp2 client() throws Exception {
        return new RawHttp2(material.clientContext(Optional.empty()), proxy.port(), 65_535);
    }

    private static void request(RawHttp2 client, int stream, String method, String route, String key) throws Exception {
        var isPost = method.equals("POST");
        client.frame(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | (isPost ? 0 : RawHttp2.END_STREAM),
                stream,
                RawHttp2.block(
                        ":method",
                        method,
                        ":scheme",
                        "https",
                        ":path",
                        "/mcp/" + route,
                        ":authority",
                        "gateway.example",
                        "accept",
                        isPost ? "application/json, text/event-stream" : "text/event-stream",
                        "content-type",
                        "application/json",
                        "mcp-protocol-version",
                        "2025-11-25",
                        "authorization",
                        "Bearer " + key));
        if (isPost) {
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, Calls.BODY.getBytes(StandardCharsets.UTF_8));
        }
    }
}
