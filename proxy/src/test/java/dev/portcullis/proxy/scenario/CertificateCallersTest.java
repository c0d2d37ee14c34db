package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.IdentitySettings.CertificateRule;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.RawHttp2;
import dev.portcullis.proxy.fixture.TlsMaterial;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Callers who are known by the certificate of their connection.
class CertificateCallersTest {
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
                  guarded: {upstream: "http://127.0.0.1:%1$d/v1", authentication: gateway}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.of(material.settings(ClientCertificates.OPTIONAL)),
                new IdentitySettings(
                        List.of(),
                        List.of(new CertificateRule(
                                "build", CertificateRule.By.DNS, "*.build.acme.test", List.of("ci"), false)),
                        100));
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @Test
    void certificateIsGoodNoLongerThanItLasts() throws Exception {
        // Given
        var end = Instant.now().plusSeconds(4);
        var client = client(certificate(new CertificateBuilder().notAfter(end)));
        try (var before = client.connect();
                var streaming = client.connect()) {
            upstream.answersWith(Calls.ANSWER);
            assertThat(TlsClient.exchange(before, Calls.post("guarded")).status())
                    .isEqualTo(200);
            upstream.answersWith(Calls.STREAM);

            // When
            Peer.send(streaming, Calls.get("guarded"));
            var stream = new String(streaming.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(stream).startsWith("HTTP/1.1 200").contains("id: hello");
            assertThat(Instant.now()).isAfter(end.minusSeconds(1));
            var after = TlsClient.exchange(before, Calls.post("guarded"));
            assertThat(after.status()).isEqualTo(401);
            assertThat(after.body()).contains("certificate_not_accepted");
        }
    }

    @Test
    void certificateCountsOverHttp2() throws Exception {
        upstream.answersWith(Calls.ANSWER);
        var fields = overHttp2(Optional.of(certificate(new CertificateBuilder())), "x-nothing", "1");
        assertThat(fields).containsEntry(":status", "200");
        var record = proxy.record(fields.get("portcullis-exchange"));
        assertThat(record.get("caller")).isEqualTo("certificate:build");
        assertThat(record.get("caller_kind")).isEqualTo("certificate");

        assertThat(overHttp2(Optional.empty(), "x-nothing", "1")).containsEntry(":status", "401");
    }

    @Test
    void wrongCredentialIsNotMadeGoodByACertificate() throws Exception {
        // Given
        upstream.answersWith(Calls.ANSWER);
        var certificate = certificate(new CertificateBuilder());

        // Then
        for (var wrong : List.of("Bearer nonsense", "Basic YTpi", "Bearer")) {
            assertThat(client(certificate)
                            .exchange(Calls.post("guarded", "Authorization: " + wrong))
                            .status())
                    .isEqualTo(401);
            assertThat(overHttp2(Optional.of(certificate), "authorization", wrong))
                    .containsEntry(":status", "401");
        }
        assertThat(upstream.received()).isEmpty();
    }

    private static X509Bundle certificate(CertificateBuilder builder) throws Exception {
        return builder.subject("CN=x")
                .addSanDnsName("a.build.acme.test")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(material.authority());
    }

    private static TlsClient client(X509Bundle own) {
        return new TlsClient(material, proxy.port(), Optional.of(own));
    }

    private static Map<String, String> overHttp2(Optional<X509Bundle> own, String name, String value) throws Exception {
        try (var client = new RawHttp2(material.clientContext(own), proxy.port(), 65_535)) {
            client.frame(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    RawHttp2.block(
                            ":method",
                            "POST",
                            ":scheme",
                            "https",
                            ":path",
                            "/mcp/guarded",
                            ":authority",
                            "gateway.example",
                            "accept",
                            "application/json, text/event-stream",
                            "content-type",
                            "application/json",
                            "mcp-protocol-version",
                            "2025-11-25",
                            name,
                            value));
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, Calls.BODY.getBytes(StandardCharsets.UTF_8));
            return client.fields(client.next(1));
        }
    }
}
