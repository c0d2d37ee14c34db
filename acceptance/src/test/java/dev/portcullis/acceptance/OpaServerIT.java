package dev.portcullis.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.portcullis.acceptance.JavaClient.Denial;
import io.netty.pkitesting.CertificateBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole gateway with a real OPA server that fetches its bundle from the console and decides for the proxy, over
/// TLS with a certificate of the organization's own authority.
class OpaServerIT {
    private static final String RULES = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
            rules: %s
            """;

    @TempDir
    private Path folder;

    @Test
    void proxyObeysPublicationsAndKillsThatTheServerDecides() throws Exception {
        var opa = Optional.ofNullable(System.getenv("OPA"));
        assumeThat(opa)
                .as("SKIPPED: OPA names no opa binary; the gateway was NOT tried with an OPA server")
                .isPresent();
        var port = LaunchedCommand.freePort();
        var policy = Files.writeString(folder.resolve("policy.yaml"), RULES.formatted("[]"));
        var config = Files.writeString(folder.resolve("portcullis.yaml"), """
                proxy: {policy: {engine: opa, opa: {url: "https://127.0.0.1:%d", authorities: authority.pem, timeout: 5s}}}
                """.formatted(port));
        makeCertificate();
        var data = folder.resolve("data");
        try (var gateway = Gateway.up("opa-gateway", data, "--config=" + config, "--policy=" + policy);
                var _ = LaunchedCommand.startBinary(
                        "opa-server",
                        List.of(
                                opa.get(),
                                "run",
                                "--server",
                                "--disable-telemetry",
                                "--addr=127.0.0.1:" + port,
                                "--tls-cert-file=" + folder.resolve("opa.pem"),
                                "--tls-private-key-file=" + folder.resolve("opa.key"),
                                "--config-file=" + configuration(gateway, data)))) {
            // Given
            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
                    return client.call("delete_entity", Map.of()) != null;
                }
            });

            // When
            var version =
                    gateway.api().publish(RULES.formatted("[{id: everyone-reads, readOnly: true}]"), "Reads only");

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions().untilAsserted(() -> {
                try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
                    var refused = client.call("delete_entity", Map.of());
                    assertThat(refused.isError()).isTrue();
                    assertThat(Denial.of(refused).rules()).containsExactly("everyone-reads");
                    assertThat(gateway.api()
                                    .recordOf(Denial.of(refused).exchange())
                                    .required("policy_version")
                                    .asLong())
                            .isEqualTo(version);
                }
            });

            // When
            var killed = gateway.api()
                    .send(
                            "POST",
                            "/kills",
                            "application/json",
                            "{\"scope\": {\"tools\": [\"list_entities\"]}, \"reason\": \"incident\"}");
            assertThat(killed.statusCode()).isEqualTo(201);

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(5)).ignoreExceptions().untilAsserted(() -> {
                try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
                    var refused = client.call("list_entities", Map.of());
                    assertThat(Denial.of(refused).rules())
                            .singleElement()
                            .asString()
                            .startsWith("kill:");
                }
            });
        }
    }

    private void makeCertificate() throws Exception {
        var authority = new CertificateBuilder()
                .subject("CN=Authority of Acme")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var server = new CertificateBuilder()
                .subject("CN=opa")
                .addSanIpAddress("127.0.0.1")
                .addExtendedKeyUsageServerAuth()
                .buildIssuedBy(authority);
        Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
        Files.writeString(folder.resolve("opa.pem"), server.getCertificatePathPEM());
        Files.writeString(folder.resolve("opa.key"), server.getPrivateKeyPEM());
    }

    private Path configuration(Gateway gateway, Path data) throws java.io.IOException {
        return Files.writeString(
                folder.resolve("opa.yaml"), """
                services:
                  console: {url: "%s", credentials: {bearer: {token_path: "%s"}}}
                bundles:
                  portcullis:
                    service: console
                    resource: api/v1/bundles/portcullis.tar.gz
                    polling: {long_polling_timeout_seconds: 30, min_delay_seconds: 1, max_delay_seconds: 2}
                """.formatted(gateway.console(), data.resolve("admin-token")));
    }
}
