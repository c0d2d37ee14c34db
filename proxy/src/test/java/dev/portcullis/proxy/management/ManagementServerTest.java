package dev.portcullis.proxy.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.configuration.ConfigurationException;
import dev.portcullis.proxy.management.HealthCheck.Result;
import dev.portcullis.proxy.management.HealthCheck.Status;
import dev.portcullis.proxy.telemetry.ProxyMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class ManagementServerTest {
    private final ProxyMetrics metrics = new ProxyMetrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Status audit = Status.PASS;
    private ManagementServer server;

    @BeforeEach
    void start() {
        List<HealthCheck> checks = List.of(
                () -> new Result("policy", Status.PASS, "version 3, 0 kills"),
                () -> new Result("audit", audit, "2 of 3 \"slots\""));
        server = ManagementServer.start(loopback(0), checks, metrics, Optional.empty());
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
        metrics.close();
    }

    @Test
    void livingReplicaSaysSo() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void readinessNamesEveryCheck() throws Exception {
        // When
        var ready = get("/readyz");

        // Then
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(ready.body())
                .isEqualToIgnoringNewLines("{\"status\":\"pass\",\"checks\":["
                        + "{\"name\":\"policy\",\"status\":\"pass\",\"detail\":\"version 3, 0 kills\"},"
                        + "{\"name\":\"audit\",\"status\":\"pass\",\"detail\":\"2 of 3 \\\"slots\\\"\"}]}");
    }

    @Test
    void warningIsShownAndReplicaStaysReady() throws Exception {
        audit = Status.WARN;

        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).startsWith("{\"status\":\"warn\"");
    }

    @Test
    void replicaThatWouldRefuseIsNotReady() throws Exception {
        audit = Status.FAIL;

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAreInPrometheusFormat() throws Exception {
        // When
        var scraped = get("/metrics?ignored=1");

        // Then
        assertThat(scraped.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(scraped.body()).contains("# TYPE jvm_memory_used_bytes gauge");
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        // When
        var head = send(HttpRequest.newBuilder(uri("/livez")).HEAD().build());

        // Then
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-length")).hasValue("6");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        var post = send(HttpRequest.newBuilder(uri("/livez"))
                .POST(BodyPublishers.ofString("x"))
                .build());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void garbageIsAnsweredAndDropped() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            // When
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            // Then
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void takenPortIsOneClearSentence() {
        assertThatThrownBy(() -> ManagementServer.start(loopback(server.port()), List.of(), metrics, Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The management address localhost:" + server.port() + " is not available");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
