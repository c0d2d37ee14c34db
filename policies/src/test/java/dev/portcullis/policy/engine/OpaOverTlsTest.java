package dev.portcullis.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.policy.Decision;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Only the server that a trusted authority vouches for is asked, and shown the token.
class OpaOverTlsTest {
    private static final byte[] YES = """
            {"result": {"allow": true, "denials": [], "limits": [], "observed": [], "policyVersion": 7, "redact": [],
             "results": [], "upstream": {}, "visible": []}}
            """.getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger asked = new AtomicInteger();
    private final X509Bundle authority;
    private Optional<HttpsServer> server = Optional.empty();

    OpaOverTlsTest() throws Exception {
        authority = authority("CN=ours");
    }

    @AfterEach
    void stop() {
        server.ifPresent(running -> running.stop(0));
    }

    @Test
    void serverOfATrustedAuthorityDecides() throws Exception {
        var decision = decide(certificate().buildIssuedBy(authority), Optional.of(authority));

        assertThat(decision).isInstanceOf(Decision.Allow.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void serverOfAStrangersAuthorityIsNotAsked() throws Exception {
        assertNotAsked(decide(certificate().buildIssuedBy(authority("CN=stranger")), Optional.of(authority)));
    }

    @Test
    void serverOfAnOwnAuthorityThatNobodyNamedIsNotAsked() throws Exception {
        assertNotAsked(decide(certificate().buildIssuedBy(authority), Optional.empty()));
    }

    @Test
    void certificateOfAnotherServerIsNotAsked() throws Exception {
        var other = new CertificateBuilder()
                .subject("CN=127.0.0.1")
                .addSanDnsName("opa.acme.example")
                .addExtendedKeyUsageServerAuth()
                .buildIssuedBy(authority);

        assertNotAsked(decide(other, Optional.of(authority)));
    }

    @Test
    void certificateThatHasEndedIsNotAsked() throws Exception {
        var ended = certificate()
                .notBefore(Instant.now().minus(Duration.ofDays(9)))
                .notAfter(Instant.now().minus(Duration.ofDays(1)))
                .buildIssuedBy(authority);

        assertNotAsked(decide(ended, Optional.of(authority)));
    }

    private void assertNotAsked(Decision decision) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Undecided.class,
                        undecided -> assertThat(undecided.reason()).contains("SSLHandshakeException"));
        assertThat(asked).hasValue(0);
    }

    private Decision decide(X509Bundle shown, Optional<X509Bundle> trusted) throws Exception {
        var settings = new OpaSettings(
                serve(shown),
                Optional.of("s3cret"),
                trusted.map(OpaOverTlsTest::trust),
                Duration.ofSeconds(20),
                1,
                65_536);
        try (var client = new OpaClient(settings, (outcome, took) -> {})) {
            return OpaDecisionPoint.of(client, Inputs.document("rules: []\n"), 7, List.of(), 1)
                    .decide(Inputs.call("upsert_entity", "{}"))
                    .stage()
                    .toCompletableFuture()
                    .join();
        }
    }

    private URI serve(X509Bundle shown) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(shown.toKeyManagerFactory().getKeyManagers(), null, null);
        var started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setHttpsConfigurator(new HttpsConfigurator(context));
        started.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, YES.length);
            exchange.getResponseBody().write(YES);
            exchange.close();
        });
        started.start();
        server = Optional.of(started);
        return URI.create("https://127.0.0.1:" + started.getAddress().getPort());
    }

    private static SSLContext trust(X509Bundle authority) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {authority.toTrustManager()}, null);
            return context;
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static CertificateBuilder certificate() {
        return new CertificateBuilder()
                .subject("CN=opa")
                .addSanIpAddress("127.0.0.1")
                .addExtendedKeyUsageServerAuth();
    }

    private static X509Bundle authority(String subject) throws Exception {
        return new CertificateBuilder()
                .subject(subject)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }
}
