package dev.portcullis.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Permit;
import dev.portcullis.policy.PolicyGate;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.policy.Wishes;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.server.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    @BeforeAll
    static void start() throws Exception {
        authority = new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        var leaf = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(leaf.toKeyStore("x".toCharArray()), "x".toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            var body = "secret".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        transport = Transport.start(1);
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        transport.close();
    }

    @Test
    void trustedUpstreamAnswers() throws Exception {
        var trusting = SslContextBuilder.forClient()
                .trustManager(authority.getCertificate())
                .build();
        assertThat(send(trusting, "localhost")).isEqualTo("200 secret");
    }

    @Test
    void unknownAuthorityIsUnreachable() throws Exception {
        assertThat(send(SslContextBuilder.forClient().build(), "localhost")).isEqualTo(Failure.UNREACHABLE.name());
    }

    @Test
    void certificateForAnotherNameIsUnreachable() throws Exception {
        var trusting = SslContextBuilder.forClient()
                .trustManager(authority.getCertificate())
                .build();
        assertThat(send(trusting, "127.0.0.1")).isEqualTo(Failure.UNREACHABLE.name());
    }

    @Test
    void permitOfAnotherRouteSendsNothing() {
        var forwarder = forwarder(null);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> forwarder.forward(
                        permit(UUID.randomUUID(), "other"),
                        request(UUID.randomUUID(), "localhost"),
                        transport.eventLoops().next().next(),
                        new Collector(new CompletableFuture<>())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String send(SslContext tls, String host) throws Exception {
        var exchange = UUID.randomUUID();
        var result = new CompletableFuture<String>();
        var loop = transport.eventLoops().next();
        var forwarder = forwarder(tls);
        loop.execute(
                () -> forwarder.forward(permit(exchange, "r"), request(exchange, host), loop, new Collector(result)));
        return result.get(20, TimeUnit.SECONDS);
    }

    private static Forwarder forwarder(SslContext tls) {
        var port = server.getAddress().getPort();
        var upstreams = new Upstreams(
                Optional.empty(), Set.of("localhost:" + port, "127.0.0.1:" + port), Duration.ofSeconds(5), 10);
        return new Forwarder(
                upstreams,
                Limits.defaults(),
                tls,
                new ReflectiveChannelFactory<>(transport.clientChannel()),
                command -> Thread.ofVirtual().start(command));
    }

    private static UpstreamRequest request(UUID exchange, String host) {
        return new UpstreamRequest(
                exchange,
                "r",
                URI.create("https://" + host + ":" + server.getAddress().getPort() + "/mcp"),
                false,
                "GET",
                new HeaderFields(List.of()),
                new byte[0],
                true);
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
        return ((PolicyGate.Answer.Admitted) PolicyGate.ask(question -> allow, input)).permit();
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
