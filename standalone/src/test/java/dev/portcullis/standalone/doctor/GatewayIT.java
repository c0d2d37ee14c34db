package dev.portcullis.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A gateway that is called by the wrong URL, and consoles that are of no help.
@ExtendWith(WithInstallation.class)
class GatewayIT {
    private final TestInstallation installation;

    @TempDir
    private Path folder;

    GatewayIT(TestInstallation installation) {
        this.installation = installation;
    }

    @Test
    void nameThatTheGatewayDoesNotKnowIsTold() {
        var run = installation.examineAt("http://gateway.test:" + installation.port() + "/mcp/port-eu");
        assertThat(run.problems()).containsExactly("foreign_host");
        assertThat(run.said("foreign_host")).contains("gateway.test", "proxy.publicHosts");
    }

    @Test
    void urlThatTheGatewayHasInAnotherFormIsAWarning() throws IOException {
        try (var replica = installation.replica("replica-2", "publicUrl: https://mcp.acme.example\n")) {
            var run = installation.examineAt("http://127.0.0.1:" + replica.port() + "/mcp/keyed");
            assertThat(run.problems()).containsExactly("no_credential");
            assertThat(run.said("public_url_different")).contains("https://mcp.acme.example/mcp/keyed");
        }
    }

    @Test
    void unknownRouteIsToldWithTheKnownOnes() {
        var run = installation.examine("port-uk");
        assertThat(run.problems()).containsExactly("unknown_route");
        assertThat(run.said("unknown_route")).contains("no route port-uk", "port-eu");
    }

    @Test
    void unknownPathIsTold() {
        assertThat(installation
                        .examineAt("http://127.0.0.1:" + installation.port() + "/v1")
                        .problems())
                .containsExactly("unknown_path");
    }

    @Test
    void gatewayBehindTlsIsExaminedToTheEnd() throws Exception {
        try (var replica = installation.replica("replica-3", tls("none"))) {
            var run = installation.examineAt(
                    "https://localhost:" + replica.port() + "/mcp/json", "--authorities", authorities());
            assertThat(run.problems()).isEmpty();
            assertThat(run.codes("ok")).contains("tls_good", "tools_listed");

            var plain = installation.examineAt("http://localhost:" + replica.port() + "/mcp/json");
            assertThat(plain.problems()).containsExactly("tls_unexpected");
        }
        var encrypted = installation.examineAt("https://localhost:" + installation.port() + "/mcp/json");
        assertThat(encrypted.problems()).containsExactly("tls_missing");
    }

    @Test
    void gatewayThatWantsAClientCertificateIsTold() throws Exception {
        try (var replica = installation.replica("replica-4", tls("required"))) {
            var run = installation.examineAt(
                    "https://localhost:" + replica.port() + "/mcp/json", "--authorities", authorities());
            assertThat(run.problems()).containsExactly("tls_client_certificate");
        }
    }

    @Test
    void consoleThatDoesNotKnowTheExchangeIsNotBelieved() throws IOException {
        var body = "{\"error\":{\"code\":403,\"message\":\"Blocked by policy: office\",\"data\":"
                + "{\"reason\":\"connection_denied\",\"rules\":[\"office\"]}}}";
        try (var other = BrokenPeer.saying(
                "HTTP/1.1 403 Forbidden\r\nportcullis-exchange: 018f6a3e-7b1c-7d2e-8f3a-0123456789ab\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            var run = installation.examineAt("http://127.0.0.1:" + other.port() + "/mcp/fenced");
            assertThat(run.codes("warning")).containsExactly("console_of_another_gateway");
            assertThat(run.problems())
                    .as("it has a rule of that name, which is another one")
                    .containsExactly("connection_denied");
        }
    }

    @Test
    void consoleThatIsAwayTakesNothingFromTheRest() {
        var run = DoctorRun.of(
                installation.endpoint("json"), "--url", installation.endpointOfNobody(), "--token", "pct_x");
        assertThat(run.problems()).isEmpty();
        assertThat(run.codes("skipped")).containsExactly("console_absent");
        assertThat(run.said("console_absent")).contains("There is no console at " + installation.endpointOfNobody());
    }

    @Test
    void consoleIsNotTheGateway() {
        assertThat(installation
                        .examineAt(installation.console() + "mcp/port-eu")
                        .problems())
                .containsAnyOf("another_program", "redirected");
    }

    private String tls(String clientCertificates) throws Exception {
        var authority = TlsServer.authority();
        TlsServer.file(folder, authority);
        var certificate = TlsServer.certificate().buildIssuedBy(authority);
        var chain = Files.writeString(
                folder.resolve("gateway.pem"), certificate.getCertificatePathPEM(), StandardCharsets.US_ASCII);
        var key = Files.writeString(
                folder.resolve("gateway.key"), certificate.getPrivateKeyPEM(), StandardCharsets.US_ASCII);
        var wanted = clientCertificates.equals("none")
                ? ""
                : ", clientCertificates: " + clientCertificates + ", clientAuthorities: " + authorities();
        return "tls: {certificate: " + chain + ", key: " + key + wanted + "}\nupstreams: {allowedLoopback: ["
                + installation.upstream().authority() + "]}\n";
    }

    private String authorities() {
        return folder.resolve("authorities.pem").toString();
    }
}
