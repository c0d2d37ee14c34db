package dev.portcullis.bench.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/// Clients that call a tool again and again, each time with an id of its own, and never twice with the same.
final class CallLoad implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long AFTER_TROUBLE_MILLIS = 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI target;
    private final LongConsumer answered;
    private final LongAdder sent = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    /// @param answered hears how many nanoseconds each call took that succeeded
    CallLoad(int port, int clients, LongConsumer answered) {
        this.target = URI.create("http://127.0.0.1:" + port + "/mcp/calls");
        this.answered = answered;
        for (int i = 0; i < clients; i++) {
            this.clients.add(Thread.ofVirtual().start(this::callOn));
        }
    }

    /// How many calls were begun.
    long sent() {
        return sent.sum();
    }

    /// How many of them were answered as by the upstream.
    long succeeded() {
        return succeeded.sum();
    }

    @Override
    public void close() {
        over = true;
        try {
            for (var each : clients) {
                each.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    private void callOn() {
        while (!over) {
            sent.increment();
            if (!call(UUID.randomUUID())) {
                rest();
            }
        }
    }

    private boolean call(UUID id) {
        var request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2025-11-25")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"list_entities\","
                                + "\"arguments\":{\"call\":\"" + id + "\"}}}"))
                .build();
        var begin = System.nanoTime();
        try {
            if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                answered.accept(System.nanoTime() - begin);
                succeeded.increment();
                return true;
            }
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(AFTER_TROUBLE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
