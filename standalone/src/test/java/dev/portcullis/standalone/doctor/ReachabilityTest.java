package dev.portcullis.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/// Names, connections and TLS, each with what is wrong there.
class ReachabilityTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path folder;

    @Test
    void unknownNameIsTold() {
        var run = DoctorRun.of("http://nobody.test/mcp/port-eu");
        assertThat(run.problems()).containsExactly("name_unknown");
        assertThat(run.said("name_unknown")).contains("nobody.test", "VPN");
    }

    @Test
    void dnsThatDoesNotAnswerIsNotAnUnknownName() {
        assertThat(DoctorRun.of("http://unanswered.test/mcp/port-eu").problems())
                .containsExactly("name_not_answered");
    }

    @Test
    void nameThatLeadsNowhereIsTold() {
        var run = DoctorRun.of("https://blocked.test/mcp/port-eu");
        assertThat(run.problems()).containsExactly("name_unusable");
        assertThat(run.said("name_unusable")).contains("0.0.0.0", "DNS filter");
    }

    @Test
    void portWhereNobodyListensIsTold() throws IOException {
        var run = DoctorRun.of("http://127.0.0.1:" + closedPort() + "/mcp/port-eu");
        assertThat(run.problems()).containsExactly("connection_refused");
    }

    @Test
    void lostPacketsAreNotAClosedPort() throws IOException {
        // Given a queue that is full, so that the kernel drops what asks to be let in
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);

            // When
            var run = DoctorRun.of("http://127.0.0.1:" + full.getLocalPort() + "/mcp/port-eu");

            // Then
            assertThat(run.problems()).containsExactly("connection_lost");
            assertThat(run.said("connection_lost")).contains("firewall", String.valueOf(full.getLocalPort()));
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void deadFirstAddressIsAWarning() throws IOException {
        try (var peer = BrokenPeer.saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
            var run = DoctorRun.of("http://two-addresses.test:" + peer.port() + "/mcp/port-eu");
            assertThat(run.codes("warning")).containsExactly("connected_partly");
            assertThat(run.said("connected_partly")).contains("127.0.0.2");
            assertThat(run.problems()).as("the way goes on at the other one").containsExactly("another_program");
        }
    }

    @Test
    void untrustedAuthorityIsTold() throws Exception {
        try (var server = new TlsServer(TlsServer.certificate().buildIssuedBy(TlsServer.authority()))) {
            var run = DoctorRun.of(url("localhost", server));
            assertThat(run.problems()).containsExactly("tls_untrusted");
            assertThat(run.said("tls_untrusted")).contains("CN=Acme authority", "NODE_EXTRA_CA_CERTS", "--authorities");
        }
    }

    @Test
    void certificateThatVouchesForItselfIsTold() throws Exception {
        try (var server = new TlsServer(
                TlsServer.certificate().setIsCertificateAuthority(true).buildSelfSigned())) {
            var run = DoctorRun.of(url("localhost", server));
            assertThat(run.problems()).containsExactly("tls_untrusted");
            assertThat(run.said("tls_untrusted")).contains("vouches for itself");
        }
    }

    @Test
    void authorityThatIsTrustedIsGoodEnough() throws Exception {
        var authority = TlsServer.authority();
        try (var server = new TlsServer(TlsServer.certificate().buildIssuedBy(authority))) {
            var run = DoctorRun.of("--authorities", TlsServer.file(folder, authority), url("localhost", server));
            assertThat(run.codes("ok")).contains("tls_good");
            assertThat(run.problems()).containsExactly("another_program");
        }
    }

    @Test
    void wrongHostNameIsToldWithTheRightOnes() throws Exception {
        var authority = TlsServer.authority();
        try (var server = new TlsServer(TlsServer.certificate().buildIssuedBy(authority))) {
            var run = DoctorRun.of("--authorities", TlsServer.file(folder, authority), url("gateway.test", server));
            assertThat(run.problems()).containsExactly("tls_wrong_name");
            assertThat(run.said("tls_wrong_name")).contains("not for gateway.test, but for localhost");
        }
    }

    @Test
    void expiredCertificateIsToldWithItsDate() throws Exception {
        var authority = TlsServer.authority();
        var expired = TlsServer.certificate()
                .notBefore(NOW.minus(Duration.ofDays(30)))
                .notAfter(NOW.minus(Duration.ofDays(3)));
        try (var server = new TlsServer(expired.buildIssuedBy(authority))) {
            var run = DoctorRun.of("--authorities", TlsServer.file(folder, authority), url("localhost", server));
            assertThat(run.problems()).containsExactly("tls_expired");
            assertThat(run.said("tls_expired"))
                    .contains(NOW.minus(Duration.ofDays(3)).toString().substring(0, 10), "clock");
        }
    }

    @Test
    void certificateOfTheFutureIsAboutTheClock() throws Exception {
        var authority = TlsServer.authority();
        var early =
                TlsServer.certificate().notBefore(NOW.plus(Duration.ofDays(1))).notAfter(NOW.plus(Duration.ofDays(90)));
        try (var server = new TlsServer(early.buildIssuedBy(authority))) {
            var run = DoctorRun.of("--authorities", TlsServer.file(folder, authority), url("localhost", server));
            assertThat(run.problems()).containsExactly("tls_not_yet_valid");
        }
    }

    @Test
    void certificateThatEndsSoonIsAWarning() throws Exception {
        var authority = TlsServer.authority();
        var ending = TlsServer.certificate().notAfter(NOW.plus(Duration.ofDays(5)));
        try (var server = new TlsServer(ending.buildIssuedBy(authority))) {
            var run = DoctorRun.of("--authorities", TlsServer.file(folder, authority), url("localhost", server));
            assertThat(run.codes("warning")).containsExactly("tls_ends_soon");
        }
    }

    @Test
    void everythingThatIsWrongWithACertificateIsTold() throws Exception {
        var expired = TlsServer.certificate()
                .notBefore(NOW.minus(Duration.ofDays(30)))
                .notAfter(NOW.minus(Duration.ofDays(3)));
        try (var server = new TlsServer(expired.buildIssuedBy(TlsServer.authority()))) {
            assertThat(DoctorRun.of(url("gateway.test", server)).problems())
                    .containsExactly("tls_expired", "tls_untrusted", "tls_wrong_name");
        }
    }

    @Test
    void plainHttpOnATlsPortIsTold() throws IOException {
        try (var peer = BrokenPeer.saying("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            var run = DoctorRun.of("https://127.0.0.1:" + peer.port() + "/mcp/port-eu");
            assertThat(run.problems()).containsExactly("tls_missing");
            assertThat(run.said("tls_missing")).contains("http://");
        }
    }

    @Test
    void tlsOnAPlainPortIsTold() throws Exception {
        try (var server = new TlsServer(
                TlsServer.certificate().setIsCertificateAuthority(true).buildSelfSigned())) {
            var run = DoctorRun.of("http://127.0.0.1:" + server.port() + "/mcp/port-eu");
            assertThat(run.problems()).containsExactly("tls_unexpected");
            assertThat(run.said("tls_unexpected")).contains("Use https://");
        }
    }

    @Test
    void silenceInPlaceOfTlsIsTold() throws IOException {
        try (var peer = BrokenPeer.silent()) {
            var run = DoctorRun.of("https://127.0.0.1:" + peer.port() + "/mcp/port-eu");
            assertThat(run.problems()).containsExactly("tls_not_answered");
        }
    }

    @Test
    void otherProtocolInPlaceOfTlsIsTold() throws IOException {
        try (var peer = BrokenPeer.saying("SSH-2.0-OpenSSH_9.2p1\r\n")) {
            assertThat(DoctorRun.of("https://127.0.0.1:" + peer.port() + "/mcp/port-eu")
                            .problems())
                    .containsExactly("tls_failed");
        }
    }

    private static String url(String host, TlsServer server) {
        return "https://" + host + ":" + server.port() + "/mcp/port-eu";
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void fill(ServerSocket full, ArrayList<Socket> waiting) throws IOException {
        for (int i = 0; i < 16; i++) {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()), 100);
            } catch (java.net.SocketTimeoutException e) {
                return;
            }
        }
    }
}
