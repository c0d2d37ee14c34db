package dev.portcullis.policy.engine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A real OPA server on loopback with the same Rego sources. The binary is named by the system property
/// or environment variable `OPA`, or found on the PATH. Without one, the tests say so loudly and
/// compare nothing.
final class OpaServer implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/main/rego/portcullis");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final URI base;
    private final HttpClient client = HttpClient.newHttpClient();
    private String published = "";

    private OpaServer(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    static Optional<OpaServer> startIfAvailable() {
        var binary = binary();
        if (binary.isEmpty()) {
            System.err.println("""
                    ==========================================================================
                    SKIPPED: no opa binary (set OPA, or put it on the PATH). The scenarios were
                    NOT compared with a real OPA server.
                    ==========================================================================""");
        }
        return binary.map(OpaServer::start);
    }

    URI url() {
        return base;
    }

    /// Makes these the data that it decides by.
    void publish(String data) throws IOException, InterruptedException {
        if (!data.equals(published)) {
            var body = JSON.readTree(data).get("published").toString();
            send("PUT", "/v1/data/published", body);
            published = data;
        }
    }

    /// What `POST /v1/data/<entry point>` answers for the data and the input.
    JsonNode evaluate(Evaluator.Entrypoint entrypoint, String data, byte[] input) throws Exception {
        publish(data);
        var body = "{\"input\":" + new String(input, StandardCharsets.UTF_8) + "}";
        var answer = send("POST", "/v1/data/portcullis/" + entrypoint.name().toLowerCase(java.util.Locale.ROOT), body);
        return JSON.readTree(answer).get("result");
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static OpaServer start(Path binary) {
        try {
            var port = freePort();
            var command = new ArrayList<>(
                    List.of(binary.toString(), "run", "--server", "--disable-telemetry", "--log-level", "error"));
            command.addAll(List.of("--addr", "127.0.0.1:" + port));
            try (var files = Files.list(SOURCES)) {
                files.map(Path::toString)
                        .filter(name -> name.endsWith(".rego") && !name.endsWith("_test.rego"))
                        .sorted()
                        .forEach(command::add);
            }
            var process = new ProcessBuilder(command).inheritIO().start();
            var server = new OpaServer(process, URI.create("http://127.0.0.1:" + port));
            server.awaitHealthy();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitHealthy() {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                send("GET", "/health", "");
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new AssertionError("the OPA server did not start");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> binary() {
        var named = Optional.ofNullable(System.getProperty("OPA")).or(() -> Optional.ofNullable(System.getenv("OPA")));
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return named.map(Path::of)
                .or(() -> Stream.of(path.split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "opa"))
                        .filter(Files::isExecutable)
                        .findFirst());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
