package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Named.named;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.AuditSettings;
import dev.portcullis.proxy.config.IdentitySettings;
import dev.portcullis.proxy.config.IdentitySettings.CertificateRule;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.fixture.TlsMaterial;
import io.netty.pkitesting.CertificateBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A listener on TLS behind a proxy that is trusted: what it does with connections that are none of its
/// kind, and with what that proxy says and shows.
class RefusedConnectionTest {
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
                  open: {upstream: "http://127.0.0.1:%1$d/v1", authentication: open}
                """.formatted(upstream.port()),
                Limits.defaults(),
                Set.of("127.0.0.1:" + upstream.port()),
                AuditSettings.defaults(),
                Optional.of(material.settings(ClientCertificates.OPTIONAL)),
                new IdentitySettings(
                        List.of(),
                        List.of(new CertificateRule("anybody", CertificateRule.By.SUBJECT, "CN=*", List.of(), false)),
                        100),
                new AddressSettings(
                        List.of(Network.parse("127.0.0.0/8").orElseThrow()), ForwardingHeader.FORWARDED, false));
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

    static Stream<Named<byte[]>> other() {
        return Stream.of(
                named("HTTP", bytes("GET /mcp/open?s3cret HTTP/1.1\r\nHost: localhost\r\n\r\n")),
                named(
                        "a PROXY line",
                        bytes("PROXY TCP4 198.51.100.7 127.0.0.1 1 443\r\nGET /?s3cret HTTP/1.1\r\n\r\n")),
                named(
                        "a binary PROXY line",
                        HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc63364077f00000111112222")),
                named("few bytes", bytes("s3cret")));
    }

    @ParameterizedTest
    @MethodSource("other")
    void whatIsNoTlsIsCountedAndOnRecordWithoutItsContent(byte[] bytes) throws Exception {
        // Given
        var before = proxy.refusals("no_tls").size();

        // When
        say(bytes);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .until(() -> proxy.refusals("no_tls").size() == before + 1);
        assertThat(proxy.refusals("no_tls")).allSatisfy(record -> {
            assertThat(record.get("client_address").toString()).contains("127.0.0.1");
            assertThat(record.get("outcome").toString()).isEqualToIgnoringCase("refused");
            assertThat(record.toString()).doesNotContain("s3cret", "198.51.100.7");
        });
        assertThat(proxy.metrics())
                .contains("portcullis_connections_refused_total{reason=\"no_tls\"} " + (before + 1) + ".0");
    }

    @Test
    void whoOnlyLooksWhetherSomebodyListensLeavesNoRecord() throws Exception {
        // Given
        var before = proxy.refusals("no_tls").size();
        var failed = proxy.refusals("tls_failed").size();

        // When
        proxy.connect().close();
        say(bytes("GET / HTTP/1.1\r\n\r\n"));

        // Then
        await().atMost(Duration.ofSeconds(5))
                .until(() -> proxy.refusals("no_tls").size() > before);
        assertThat(proxy.refusals("no_tls")).hasSize(before + 1);
        assertThat(proxy.refusals("tls_failed")).hasSize(failed);
    }

    @Test
    void certificateOfAnotherAuthorityIsOnRecord() throws Exception {
        // Given
        var stranger = material.client(TlsMaterial.authority("CN=somebody else"));

        // When
        assertThatThrownBy(
                        () -> new TlsClient(material, proxy.port(), Optional.of(stranger)).exchange(Calls.post("open")))
                .isInstanceOf(IOException.class);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .until(() -> proxy.refusals("tls_failed").size() == 1);
        assertThat(proxy.metrics()).contains("portcullis_connections_refused_total{reason=\"tls_failed\"} 1.0");
        assertThat(upstream.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Nothing: 1", "Forwarded: for=198.51.100.7", "Forwarded: for=127.0.0.9"})
    void certificateOfTheProxyIsNobodys(String header) throws Exception {
        // Given
        var own = new CertificateBuilder()
                .subject("CN=balancer")
                .addExtendedKeyUsageClientAuth()
                .buildIssuedBy(material.authority());

        // When
        var answer = new TlsClient(material, proxy.port(), Optional.of(own)).exchange(Calls.post("guarded", header));

        // Then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("no_credential");
        assertThat(upstream.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\\\""})
    void longQuotedStringIsAnswered(String character) throws Exception {
        // When
        var quoted = character.repeat(30_000 / character.length());
        var answer = new TlsClient(material, proxy.port(), Optional.empty())
                .exchange(Calls.post("open", "Forwarded: for=\"" + quoted + "\", for=198.51.100.7"));

        // Then only the nearest proxy's word counts
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(proxy.record(answer.header("portcullis-exchange").orElseThrow())
                        .get("client_address")
                        .toString())
                .contains("198.51.100.7");
    }

    private static void say(byte[] bytes) throws IOException {
        try (var connection = proxy.connect()) {
            connection.getOutputStream().write(bytes);
            connection.getOutputStream().flush();
            connection.shutdownOutput();
            Peer.readToEnd(connection);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
