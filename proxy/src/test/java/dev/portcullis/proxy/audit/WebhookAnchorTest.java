package dev.portcullis.proxy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.portcullis.configuration.Secret;
import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.ledger.Link;
import dev.portcullis.ledger.SigningKey;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.outbound.OutboundHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
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
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ssl.SSLContext;

class WebhookAnchorTest {
    private static final Checkpoint CHECKPOINT = Checkpoint.sign(
            new Link(UUID.randomUUID(), 7, new byte[32]), Optional.empty(), Instant.now(), SigningKey.generate());

    private final List<String> received = new CopyOnWriteArrayList<>();
    private int answer = 204;
    private HttpServer server;
    private OutboundHttp outbound;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/anchors", exchange -> {
            received.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
        var upstreams = new Upstreams(
                Optional.empty(),
                Set.of("127.0.0.1:" + server.getAddress().getPort()),
                Duration.ofSeconds(2),
                1,
                Optional.empty(),
                List.of());
        outbound = new OutboundHttp(upstreams, NameService.ofSystem(Runnable::run), SSLContext.getDefault());
    }

    @AfterEach
    void stop() throws IOException {
        outbound.close();
        server.stop(0);
    }

    @Test
    void checkpointIsPostedWithTheToken() throws IOException {
        anchor().keep(CHECKPOINT);

        assertThat(received).containsExactly("POST Bearer a-token " + CHECKPOINT.json());
        assertThat(Checkpoint.read(CHECKPOINT.json()).at()).isEqualTo(CHECKPOINT.at());
    }

    @Test
    void anAnswerThatIsNoSuccessIsAFailure() {
        answer = 503;

        assertThatThrownBy(() -> anchor().keep(CHECKPOINT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
    }

    private WebhookAnchor anchor() {
        return new WebhookAnchor(
                outbound,
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/anchors"),
                Optional.of(new Secret("a-token")));
    }
}
