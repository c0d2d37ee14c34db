package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.TlsMaterial;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// The listener on TLS: what is agreed on in the handshake, whom it believes, and what happens when its
/// files change.
@Timeout(60)
class TlsListenerTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    Path folder;

    private TlsMaterial material;
    private ScriptedUpstream upstream;
    private ProxyUnderTest proxy;

    @BeforeEach
    void start() throws Exception {
        material = new TlsMaterial(folder);
        upstream = new ScriptedUpstream();
        var answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
        upstream.answersWith(new ScriptedUpstream.Script(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + answer.length() + "\r\n\r\n"
                        + answer,
                false));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        upstream.close();
    }

    @Test
    void handshakeAgreesOnTheProtocol() throws Exception {
        startProxy(ClientCertificates.NONE);
        try (var modern = connect(Optional.empty(), "TLSv1.3", "h2", "http/1.1");
                var old = connect(Optional.empty(), "TLSv1.2", "http/1.1");
                var silent = connect(Optional.empty(), "TLSv1.3")) {
            assertThat(modern.getApplicationProtocol()).isEqualTo("h2");
            assertThat(old.getApplicationProtocol()).isEqualTo("http/1.1");
            assertThat(silent.getApplicationProtocol()).isEmpty();
            assertThat(ping(old).status()).isEqualTo(200);
            assertThat(ping(old).status()).isEqualTo(200);
            assertThat(ping(silent).status()).isEqualTo(200);
        }
    }

    @Test
    void oldProtocolsAreNotSpoken() throws Exception {
        startProxy(ClientCertificates.NONE);
        java.security.Security.setProperty("jdk.tls.disabledAlgorithms", "");
        assertThatThrownBy(() -> connect(Optional.empty(), "TLSv1.1")).isInstanceOf(SSLException.class);
    }

    @Test
    void changedCertificateIsShownAndConnectionsGoOn() throws Exception {
        // Given
        startProxy(ClientCertificates.NONE);
        try (var before = connect(Optional.empty(), "TLSv1.3", "http/1.1")) {
            assertThat(ping(before).status()).isEqualTo(200);

            // When
            material.show(material.server("CN=second"));

            // Then
            awaitShown("CN=second");
            assertThat(shown(before)).isEqualTo("CN=first");
            assertThat(ping(before).status()).isEqualTo(200);
            assertThat(proxy.metrics()).contains("portcullis_tls_reloads_total 1.0");
        }
    }

    @Test
    void badPairChangesNothingAndIsCounted() throws Exception {
        // Given
        startProxy(ClientCertificates.NONE);
        var expiry = metric("portcullis_tls_certificate_expiry");

        // When the certificate is of another key
        material.showCertificate(material.server("CN=other").getCertificatePathPEM());

        // Then
        awaitMetric("portcullis_tls_reload_failures_total 1.0");
        try (var after = connect(Optional.empty(), "TLSv1.3", "http/1.1")) {
            assertThat(shown(after)).isEqualTo("CN=first");
            assertThat(ping(after).status()).isEqualTo(200);
        }
        assertThat(metric("portcullis_tls_certificate_expiry")).isEqualTo(expiry);

        // And when it is garbage
        material.showCertificate("garbage");
        awaitMetric("portcullis_tls_reload_failures_total 2.0");

        // And what is right again is taken
        material.show(material.server("CN=third"));
        awaitShown("CN=third");
    }

    @Test
    void clientWithoutTheRequiredCertificateIsTurnedAway() throws Exception {
        startProxy(ClientCertificates.REQUIRED);
        var stranger = material.client(TlsMaterial.authority("CN=somebody else"));

        assertThatThrownBy(() -> pingAs(Optional.empty())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pingAs(Optional.of(stranger))).isInstanceOf(IOException.class);
        assertThat(upstream.received()).isEmpty();
        assertThat(pingAs(Optional.of(material.client(material.authority()))).status())
                .isEqualTo(200);
    }

    @Test
    void optionalCertificateMustBeValidWhenItIsShown() throws Exception {
        startProxy(ClientCertificates.OPTIONAL);
        var stranger = material.client(TlsMaterial.authority("CN=somebody else"));

        assertThat(pingAs(Optional.empty()).status()).isEqualTo(200);
        assertThat(pingAs(Optional.of(material.client(material.authority()))).status())
                .isEqualTo(200);
        assertThatThrownBy(() -> pingAs(Optional.of(stranger))).isInstanceOf(IOException.class);
    }

    @Test
    void changedAuthoritiesAreObeyed() throws Exception {
        // Given
        startProxy(ClientCertificates.REQUIRED);
        var newcomers = TlsMaterial.authority("CN=newcomers");
        assertThat(pingAs(Optional.of(material.client(material.authority()))).status())
                .isEqualTo(200);

        // When
        java.nio.file.Files.writeString(material.authorities(), newcomers.getCertificatePEM());

        // Then
        awaitMetric("portcullis_tls_reloads_total 1.0");
        assertThat(pingAs(Optional.of(material.client(newcomers))).status()).isEqualTo(200);
        assertThatThrownBy(() -> pingAs(Optional.of(material.client(material.authority()))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void silentHandshakeIsEnded() throws Exception {
        startProxy(ClientCertificates.NONE);
        try (var silent = proxy.connect()) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void plainHttpIsNotSpoken() throws Exception {
        startProxy(ClientCertificates.NONE);
        var answer = proxy.exchange("GET /mcp/r HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer == null || !answer.startLine().startsWith("HTTP/")).isTrue();
    }

    private void startProxy(ClientCertificates wanted) throws Exception {
        var address = "127.0.0.1:" + upstream.port();
        var defaults = Limits.defaults();
        proxy = new ProxyUnderTest(
                """
                apiVersion: portcullis/v1
                organization: acme
                routes:
                  r: {upstream: "http://%s/mcp", authentication: open}
                rules: []
                """.formatted(address),
                new Limits(
                        defaults.bodyBytes(),
                        defaults.headerBytes(),
                        defaults.jsonDepth(),
                        defaults.listBytes(),
                        defaults.eventBytes(),
                        defaults.idle(),
                        defaults.responseHead(),
                        defaults.exchanges(),
                        Duration.ofSeconds(2),
                        defaults.streams()),
                Set.of(address),
                AuditSettings.defaults(),
                Optional.of(material.settings(wanted)));
    }

    private RawMessage pingAs(Optional<X509Bundle> own) throws Exception {
        try (var socket = connect(own, "TLSv1.3", "http/1.1")) {
            return ping(socket);
        }
    }

    private SSLSocket connect(Optional<X509Bundle> own, String version, String... protocols) throws Exception {
        var socket = (SSLSocket) material.clientContext(own).getSocketFactory().createSocket("localhost", proxy.port());
        socket.setSoTimeout(10_000);
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(protocols);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static RawMessage ping(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write(("POST /mcp/r HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + PING.length() + "\r\n\r\n" + PING)
                        .getBytes(StandardCharsets.UTF_8));
        var answer = RawMessage.read(socket.getInputStream());
        if (answer == null) {
            throw new IOException("hung up");
        }
        return answer;
    }

    private void awaitShown(String subject) {
        await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
            try (var socket = connect(Optional.empty(), "TLSv1.3", "http/1.1")) {
                return shown(socket).equals(subject);
            }
        });
    }

    private void awaitMetric(String line) {
        await().atMost(Duration.ofSeconds(10)).until(() -> proxy.metrics().contains(line));
    }

    private String metric(String name) throws IOException {
        return proxy.metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    private static String shown(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }
}
