package dev.portcullis.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Permit;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.LoopMark;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;
import dev.portcullis.proxy.server.Transport;
import dev.portcullis.proxy.tls.UpstreamTls;
import dev.portcullis.proxy.upstream.credential.UpstreamCredentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Upstreams over TLS: the certificate is verified, and so is the name in it.
class ForwarderTlsTest {
    private static X509Bundle authority;
    private static Transport transport;
    private static HttpsServer server;
    private static Path authorities;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        authority = new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var leaf = leaf().buildIssuedBy(authority);
        server = serving(leaf);
        transport = Transport.start(1);
        authorities = Files.writeString(folder.resolve("own.pem"), authority.getCertificatePEM());
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void upstreamOfAnOwnAuthorityAnswers() throws Exception {
        assertThat(send(UpstreamTls.trusting(Optional.of(authorities)), "localhost", server))
                .isEqualTo("200 secret");
    }

    @Test
    void unknownAuthorityIsUnreachable() throws Exception {
        assertThat(send(UpstreamTls.trusting(Optional.empty()), "localhost", server))
                .isEqualTo(Failure.UNREACHABLE.name());
    }

    @Test
    void certificateForAnotherNameIsUnreachable() throws Exception {
        assertThat(send(UpstreamTls.trusting(Optional.of(authorities)), "127.0.0.1", server))
                .isEqualTo(Failure.UNREACHABLE.name());
    }

    @Test
    void expiredCertificateIsUnreachable() throws Exception {
        var expired = serving(leaf().notBefore(Instant.now().minus(Duration.ofDays(9)))
                .notAfter(Instant.now().minus(Duration.ofDays(2)))
                .buildIssuedBy(authority));
        try {
            assertThat(send(UpstreamTls.trusting(Optional.of(authorities)), "localhost", expired))
                    .isEqualTo(Failure.UNREACHABLE.name());
        } finally {
            expired.stop(0);
        }
    }

    @Test
    void certificateForALongerNameIsUnreachable() throws Exception {
        var other = serving(new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost.evil.example.com")
                .buildIssuedBy(authority));
        try {
            assertThat(send(UpstreamTls.trusting(Optional.of(authorities)), "localhost", other))
                    .isEqualTo(Failure.UNREACHABLE.name());
        } finally {
            other.stop(0);
        }
    }

    @Test
    void noSwitchOfTheRuntimeTurnsTheNameCheckOff() throws Exception {
        var property = "io.netty.handler.ssl.defaultEndpointVerificationAlgorithm";
        System.setProperty(property, "NONE");
        try {
            assertThat(send(UpstreamTls.trusting(Optional.of(authorities)), "127.0.0.1", server))
                    .isEqualTo(Failure.UNREACHABLE.name());
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void fileWithoutCertificatesIsAClearError() throws Exception {
        var empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> UpstreamTls.trusting(Optional.of(empty)))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("Cannot use " + empty);
    }

    @Test
    void permitOfAnotherRouteSendsNothing() throws Exception {
        var forwarder = forwarder(UpstreamTls.trusting(Optional.empty()), 1);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> forwarder.forward(
                        permit(UUID.randomUUID(), "other"),
                        request(UUID.randomUUID(), "localhost", 1),
                        transport.eventLoops().next().next(),
                        new Collector(new CompletableFuture<>())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CertificateBuilder leaf() {
        return new CertificateBuilder().subject("CN=localhost").addSanDnsName("localhost");
    }

    private static HttpsServer serving(X509Bundle leaf) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(leaf.toKeyStore("x".toCharArray()), "x".toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        var serving = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        serving.setHttpsConfigurator(new HttpsConfigurator(tls));
        serving.createContext("/", exchange -> {
            var body = "secret".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        serving.start();
        return serving;
    }

    private static String send(SslContext tls, String host, HttpsServer to) throws Exception {
        var port = to.getAddress().getPort();
        var exchange = UUID.randomUUID();
        var result = new CompletableFuture<String>();
        var loop = transport.eventLoops().next();
        var forwarder = forwarder(tls, port);
        loop.execute(() ->
                forwarder.forward(permit(exchange, "r"), request(exchange, host, port), loop, new Collector(result)));
        return result.get(20, TimeUnit.SECONDS);
    }

    private static Forwarder forwarder(SslContext tls, int port) throws Exception {
        var upstreams = new Upstreams(
                Optional.empty(),
                Set.of("localhost:" + port, "127.0.0.1:" + port),
                Duration.ofSeconds(5),
                10,
                Optional.empty(),
                List.of());
        return new Forwarder(
                upstreams,
                Limits.defaults(),
                tls,
                new ReflectiveChannelFactory<>(transport.clientChannel()),
                NameService.ofSystem(command -> Thread.ofVirtual().start(command)),
                credentials(),
                new LoopMark("0"));
    }

    private static UpstreamCredentials credentials() throws Exception {
        return new UpstreamCredentials(
                new OutboundHttp(Upstreams.defaults(), NameService.ofSystem(Runnable::run), SSLContext.getDefault()),
                Clock.systemUTC(),
                Runnable::run,
                outcome -> {});
    }

    private static UpstreamRequest request(UUID exchange, String host, int port) {
        return new UpstreamRequest(
                exchange,
                "r",
                URI.create("https://" + host + ":" + port + "/mcp"),
                false,
                "GET",
                new HeaderFields(List.of()),
                new byte[0],
                true,
                false,
                Optional.empty());
    }

    private static Permit permit(UUID exchange, String route) {
        var input = new PolicyInput(
                exchange,
                "acme",
                Instant.EPOCH,
                route,
                PolicyInput.CallerFacts.anonymous(),
                new PolicyInput.ClientFacts(Optional.empty(), Optional.empty(), InetAddress.getLoopbackAddress()),
                Wishes.none(),
                new Question.Connection());
        var allow = new Decision.Allow(
                1, new Decision.Obligations(Optional.empty(), Optional.empty()), Set.of(), List.of());
        var answer = PolicyGate.ask(question -> Eventual.now(allow), input, Runnable::run);
        return answer instanceof Eventual.Now<PolicyGate.Answer>(PolicyGate.Answer.Admitted(var permit))
                ? permit
                : fail("not admitted at once");
    }

    private static final class Collector implements UpstreamListener {
        private final CompletableFuture<String> result;
        private final StringBuilder text = new StringBuilder();

        Collector(CompletableFuture<String> result) {
            this.result = result;
        }

        @Override
        public void responded(int status, HeaderFields headers) {
            text.append(status).append(' ');
        }

        @Override
        public void received(ByteBuf content) {
            text.append(content.toString(StandardCharsets.UTF_8));
            content.release();
        }

        @Override
        public void ended() {
            result.complete(text.toString());
        }

        @Override
        public void failed(Failure failure, String detail) {
            result.complete(failure.name());
        }
    }
}
