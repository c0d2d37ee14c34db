package dev.portcullis.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// What answers in the gateway's place, or does not answer, or answers as no server should.
class StrangerTest {
    private static final String EXCHANGE = "portcullis-exchange: 018f6a3e-7b1c-7d2e-8f3a-0123456789ab\r\n";

    @ParameterizedTest
    @CsvSource({
        "200 OK, another_program",
        "401 Unauthorized, another_program",
        "404 Not Found, another_program",
        "502 Bad Gateway, gateway_behind_is_down",
        "503 Service Unavailable, gateway_behind_is_down",
        "302 Found, redirected",
    })
    void otherServersAreToldApart(String status, String code) throws IOException {
        try (var peer = BrokenPeer.saying("HTTP/1.1 " + status
                + "\r\nLocation: https://login.acme.example/?token=s3cret\r\nContent-Length: 0\r\n\r\n")) {
            var run = run(peer);
            assertThat(run.problems()).containsExactly(code);
            assertThat(run.out()).doesNotContain("s3cret");
        }
    }

    @Test
    void silenceHasAnEnd() throws IOException {
        try (var peer = BrokenPeer.silent()) {
            assertThat(run(peer).problems()).containsExactly("not_answered");
        }
    }

    @Test
    void bodyThatDripsForEverHasAnEnd() throws IOException {
        // Given a body of which each read brings something, so that no read by itself takes too long
        try (var peer = new BrokenPeer(client -> {
            var out = client.getOutputStream();
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n" + EXCHANGE
                            + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            client.setSoTimeout(50);
            for (int i = 0; i < 1000; i++) {
                out.write(' ');
                out.flush();
                try {
                    client.getInputStream().read();
                } catch (java.net.SocketTimeoutException e) {
                    // and another one
                }
            }
        })) {
            assertThat(run(peer).problems()).containsExactly("not_answered");
        }
    }

    @Test
    void hangingUpIsTold() throws IOException {
        try (var peer = BrokenPeer.saying("")) {
            assertThat(run(peer).problems()).containsExactly("hung_up");
        }
    }

    @Test
    void otherProtocolsAreTold() throws IOException {
        try (var peer = BrokenPeer.saying("SSH-2.0-OpenSSH_9.2p1\r\n\r\n")) {
            assertThat(run(peer).problems()).containsExactly("not_http");
        }
    }

    @Test
    void gatewayWithoutANameOfItsOwnIsTold() throws IOException {
        // Given a challenge that does not say where to sign in
        try (var peer = gateway(
                "401 Unauthorized\r\nWWW-Authenticate: Bearer",
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":401,\"message\":\"Sign in\",\"data\":{\"reason\":\"no_credential\"}}}")) {
            var run = run(peer);
            assertThat(run.problems()).containsExactly("no_credential", "public_url_unknown");
            assertThat(run.said("public_url_unknown")).contains("proxy.publicUrl to http://127.0.0.1:" + peer.port());
        }
    }

    @Test
    void reasonOfANewerGatewayIsPassedOn() throws IOException {
        try (var peer = gateway(
                "403 Forbidden",
                "{\"error\":{\"code\":403,\"message\":\"Not on Sundays\",\"data\":{\"reason\":\"sunday\"}}}")) {
            var run = run(peer);
            assertThat(run.problems()).containsExactly("refused");
            assertThat(run.said("refused")).contains("Not on Sundays (sunday)");
        }
    }

    @Test
    void whatServersSayCannotPaintOnTheTerminal() throws IOException {
        try (var peer = gateway(
                "403 Forbidden",
                "{\"error\":{\"code\":403,\"message\":\"\\u001b[2Jall fine\\u202e\",\"data\":{\"reason\":\"odd\"}}}")) {
            assertThat(run(peer).said("refused")).contains("[2Jall fine").doesNotContain("\u001b", "\u202e");
        }
    }

    private static BrokenPeer gateway(String status, String body) throws IOException {
        return BrokenPeer.saying("HTTP/1.1 " + status + "\r\n" + EXCHANGE
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static DoctorRun run(BrokenPeer peer) {
        return DoctorRun.of("http://127.0.0.1:" + peer.port() + "/mcp/port-eu");
    }
}
