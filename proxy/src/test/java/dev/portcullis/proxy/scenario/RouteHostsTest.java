package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.IdentitySettings.CertificateRule;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.TlsMaterial;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/// Routes that answer under names of their own, with certificates of their own, so that clients need not
/// be told of the gateway; and callers who are known by certificates.
class RouteHostsTest {
    private static final String CALL =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\"}}";
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}";

    @TempDir
    private Path folder;

    private TlsMaterial material;
    private ScriptedUpstream upstream;
    private ProxyUnderTest proxy;

    /// An answer, and the certificate that came with it.
    private record Answered(RawMessage message, X509Certificate shown) {}

    @BeforeEach
    void start() throws Exception {
        material = new TlsMaterial(folder);
        upstream = new ScriptedUpstream();
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n"
                        + ANSWER,
                false));
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  port: {upstream: "http://127.0.0.1:%1$d/v1", authentication: passthrough,
                         hosts: [mcp.port.test, mcp.getport.test]}
                  guarded: {upstream: "http://127.0.0.1:%1$d/v2", authentication: gateway, hosts: [mcp.port.test]}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.of(material.settings(
                        ClientCertificates.OPTIONAL,
                        Map.of(
                                "mcp.port.test",
                                material.host("mcp.port.test"),
                                "mcp.getport.test",
                                material.host("mcp.getport.test")))),
                new IdentitySettings(
                        List.of(),
                        List.of(
                                new CertificateRule(
                                        "build", CertificateRule.By.URI, "spiffe://acme/ci/*", List.of("ci"), false),
                                new CertificateRule(
                                        "people", CertificateRule.By.EMAIL, "*@acme.test", List.of("staff"), true)),
                        1000));
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        upstream.close();
    }

    @Test
    void routeAnswersAtTheUpstreamsPathUnderItsHost() throws Exception {
        // When
        var answer = exchange("mcp.port.test", "mcp.port.test", "/v1", Optional.empty());

        // Then
        assertThat(answer.message().status()).as(answer.message().body()).isEqualTo(200);
        assertThat(answer.shown().getSubjectX500Principal().getName()).isEqualTo("CN=mcp.port.test");
        assertThat(upstream.received().getLast().startLine()).isEqualTo("POST /v1 HTTP/1.1");
        var record = proxy.record(answer.message().header("portcullis-exchange").orElseThrow());
        assertThat(record.get("route")).isEqualTo("port");

        // And nothing else is there
        assertThat(exchange("mcp.port.test", "mcp.port.test", "/mcp/port", Optional.empty())
                        .message()
                        .status())
                .isEqualTo(404);
        assertThat(exchange("mcp.port.test", "mcp.port.test", "/v3", Optional.empty())
                        .message()
                        .status())
                .isEqualTo(404);
        assertThat(exchange("mcp.port.test", "other.port.test", "/v1", Optional.empty())
                        .message()
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp.port.test", "mcp.getport.test"})
    void routeAnswersUnderEachOfItsHosts(String host) throws Exception {
        // When
        var answer = exchange(host, host, "/v1", Optional.empty());

        // Then
        assertThat(answer.message().status()).as(answer.message().body()).isEqualTo(200);
        assertThat(answer.shown().getSubjectX500Principal().getName()).isEqualTo("CN=" + host);
        var record = proxy.record(answer.message().header("portcullis-exchange").orElseThrow());
        assertThat(record.get("route")).isEqualTo("port");
    }

    @Test
    void otherNamesGetTheUsualCertificate() throws Exception {
        var answer = exchange("gateway.example", "gateway.example", "/mcp/port", Optional.empty());
        assertThat(answer.message().status()).isEqualTo(200);
        assertThat(answer.shown().getSubjectX500Principal().getName()).isEqualTo("CN=first");
    }

    @Test
    void challengeNamesTheRoutesOwnUrl() throws Exception {
        var answer = exchange("mcp.port.test", "mcp.port.test", "/v2", Optional.empty());
        assertThat(answer.message().status()).isEqualTo(401);
        assertThat(answer.message().header("www-authenticate"))
                .contains("Bearer resource_metadata=\"https://mcp.port.test/.well-known/oauth-protected-resource/v2\"");
    }

    @Test
    void ownRequestThatComesBackIsALoop() throws Exception {
        // Given what the gateway sends
        exchange("gateway.example", "gateway.example", "/mcp/port", Optional.empty());
        var mark = upstream.received().getLast().header("portcullis-hop").orElseThrow();

        // When
        var answer = exchange("mcp.port.test", "mcp.port.test\r\nPortcullis-Hop: " + mark, "/v1", Optional.empty());

        // Then
        assertThat(answer.message().status()).isEqualTo(508);
        assertThat(proxy.record(answer.message().header("portcullis-exchange").orElseThrow())
                        .get("refusal"))
                .isEqualTo("loop");
    }

    @Test
    void certificateMakesACaller() throws Exception {
        // Given
        var build = client(new CertificateBuilder().subject("CN=x").addSanUriName("spiffe://acme/ci/main"));
        var person = client(new CertificateBuilder().subject("CN=y").addSanRfc822Name("ann@acme.test"));
        var stranger =
                client(new CertificateBuilder().subject("CN=ann@acme.test").addSanDnsName("build"));

        // Then
        assertThat(caller(build)).isEqualTo("certificate:build");
        assertThat(caller(person)).isEqualTo("certificate:email:ann@acme.test");
        var refused = exchange("mcp.port.test", "mcp.port.test", "/v2", Optional.of(stranger));
        assertThat(refused.message().status()).isEqualTo(401);
        assertThat(refused.message().body()).contains("certificate_not_accepted");

        // An Authorization decides alone
        var both =
                exchange("mcp.port.test", "mcp.port.test\r\nAuthorization: Bearer nonsense", "/v2", Optional.of(build));
        assertThat(both.message().status()).isEqualTo(401);
    }

    @Test
    void certificateOfAnotherAuthorityIsNoConnection() throws Exception {
        // Given
        var other = TlsMaterial.authority("CN=test authority");
        var forged = new CertificateBuilder()
                .subject("CN=x")
                .addSanUriName("spiffe://acme/ci/main")
                .buildIssuedBy(other);

        // Then
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> exchange("mcp.port.test", "mcp.port.test", "/v2", Optional.of(forged)))
                .isInstanceOfAny(java.io.IOException.class, AssertionError.class, NullPointerException.class);
        assertThat(upstream.received()).isEmpty();
    }

    private String caller(X509Bundle certificate) throws Exception {
        var answer = exchange("mcp.port.test", "mcp.port.test", "/v2", Optional.of(certificate));
        assertThat(answer.message().status()).as(answer.message().body()).isEqualTo(200);
        return (String)
                proxy.record(answer.message().header("portcullis-exchange").orElseThrow())
                        .get("caller");
    }

    private X509Bundle client(CertificateBuilder builder) throws Exception {
        return builder.buildIssuedBy(material.authority());
    }

    private Answered exchange(String serverName, String host, String path, Optional<X509Bundle> own) throws Exception {
        try (var socket = (SSLSocket) material.clientContext(own)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), proxy.port())) {
            socket.setSoTimeout(10_000);
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                                    + "Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\n"
                                    + "Content-Length: " + CALL.length() + "\r\n\r\n" + CALL)
                            .getBytes(StandardCharsets.US_ASCII));
            var message = RawMessage.read(socket.getInputStream());
            return new Answered(message, (X509Certificate) socket.getSession().getPeerCertificates()[0]);
        }
    }
}
