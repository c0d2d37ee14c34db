package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.portcullis.proxy.config.EngineSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Speaks as an OPA server does, and lets a test say what is refused, and which questions wait until the
/// test lets them go on.
final class HandDrivenOpa implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final BlockingQueue<CountDownLatch> held = new LinkedBlockingQueue<>();
    private volatile Predicate<JsonNode> holds = input -> false;
    private volatile Predicate<JsonNode> refuses = input -> false;
    private volatile Predicate<String> hides = name -> false;
    private volatile long version = 1;

    HandDrivenOpa() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/data/portcullis/decision", this::answer);
        server.start();
    }

    EngineSettings settings(Duration timeout) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new EngineSettings.Opa(url, Optional.empty(), Optional.empty(), timeout, 100, 1 << 20);
    }

    static Predicate<JsonNode> question(String kind) {
        return input -> input.path("question").asString().equals(kind);
    }

    static Predicate<JsonNode> method(String name) {
        return input -> input.path("method").asString().equals(name);
    }

    /// Such questions wait from now on; what they will be answered is settled when they come.
    void holds(Predicate<JsonNode> questions) {
        holds = questions;
    }

    void refuses(Predicate<JsonNode> questions) {
        refuses = questions;
    }

    void hides(Predicate<String> names) {
        hides = names;
    }

    /// The version of the policy that it has from now on.
    void has(long next) {
        version = next;
    }

    /// The next question that waits; counting it down lets it go on.
    CountDownLatch nextHeld() throws InterruptedException {
        var next = held.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a question that waits").isNotNull();
        return next;
    }

    /// Everything is answered and allowed again, by the first version.
    void reset() {
        holds(input -> false);
        refuses(input -> false);
        hides(name -> false);
        held.forEach(CountDownLatch::countDown);
        held.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var input = JSON.readTree(exchange.getRequestBody()).path("input");
            var body = JSON.writeValueAsBytes(JSON.createObjectNode().set("result", decision(input)));
            if (holds.test(input)) {
                var latch = new CountDownLatch(1);
                held.add(latch);
                latch.await();
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode decision(JsonNode input) {
        var decision = JSON.createObjectNode().put("policyVersion", version);
        var denials = decision.putArray("denials");
        if (refuses.test(input)) {
            denials.addObject().put("rule", "by-hand").put("restriction", "deny");
        }
        decision.put("allow", denials.isEmpty());
        decision.putArray("observed");
        decision.putArray("limits");
        decision.putArray("redact");
        decision.putArray("results");
        decision.putObject("upstream");
        var visible = decision.putArray("visible");
        names(input).stream().filter(hides.negate()).forEach(visible::add);
        return decision;
    }

    private static List<String> names(JsonNode input) {
        var names = new ArrayList<String>();
        input.path("tools").forEach(tool -> names.add(tool.path("name").asString()));
        for (var key : List.of("methods", "prompts", "uris")) {
            input.path(key).forEach(name -> names.add(name.asString()));
        }
        return names;
    }

    @Override
    public void close() {
        reset();
        server.stop(0);
    }
}
