package dev.portcullis.policy.engine;

import dev.portcullis.policy.engine.OpaTrouble.Kind;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Asks an OPA server over connections that are kept, within a bounded time and with a bounded number of
/// questions under way. A server that fails too often is left alone for a while.
///
/// Shared by all versions of the policy. Callers never wait: even looking up the server's name happens
/// on threads of its own.
public final class OpaClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpaClient.class);
    private static final byte[] BEFORE = "{\"input\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AFTER = "}".getBytes(StandardCharsets.UTF_8);
    private static final int SERVER_ERROR = 500;

    private final OpaSettings settings;
    private final OpaMeter meter;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("opa-", 0).factory());
    private final HttpClient http;
    private final Semaphore free;
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "opa",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(50)
                    .minimumNumberOfCalls(20)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(Duration.ofSeconds(1))
                    .permittedNumberOfCallsInHalfOpenState(5)
                    .build());
    private volatile Optional<String> trouble = Optional.empty();

    public OpaClient(OpaSettings settings, OpaMeter meter) {
        this.settings = settings;
        this.meter = meter;
        free = new Semaphore(settings.connections());
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .executor(threads);
        settings.tls().ifPresent(builder::sslContext);
        http = builder.build();
        breaker.getEventPublisher()
                .onStateTransition(change -> LOG.atWarn()
                        .addKeyValue("url", settings.url())
                        .addKeyValue("state", change.getStateTransition().getToState())
                        .addKeyValue("trouble", trouble.orElse("none"))
                        .log("circuit breaker of the OPA server"));
    }

    /// How long a decision may take.
    Duration timeout() {
        return settings.timeout();
    }

    public OpaHealth health() {
        return new OpaHealth(
                breaker.getState() == CircuitBreaker.State.OPEN,
                settings.connections() - free.availablePermits(),
                trouble);
    }

    /// Asks for the value of one rule of the policy.
    ///
    /// @param rule its name in package `portcullis`
    /// @param input JSON in UTF-8
    /// @param patience how long the answer may take
    /// @param reader reads what the rule's value is; may throw [NoAnswer]
    /// @return completes exceptionally with [NoAnswer] when there is no answer
    <T> CompletionStage<T> ask(String rule, byte[] input, Duration patience, Function<JsonNode, T> reader) {
        if (!breaker.tryAcquirePermission()) {
            return unasked(new OpaTrouble(Kind.BREAKER_OPEN, "failed too often just now"));
        }
        if (!free.tryAcquire()) {
            breaker.releasePermission();
            return unasked(new OpaTrouble(Kind.BUSY, settings.connections() + " questions are under way"));
        }
        var began = System.nanoTime();
        var reply = new CompletableFuture<HttpResponse<byte[]>>();
        threads.execute(() -> {
            try {
                send(rule, input, reply);
            } catch (RuntimeException e) {
                free.release();
                reply.completeExceptionally(e);
            }
        });
        reply.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS);
        return reply.handleAsync((response, fault) -> read(response, fault, began, reader), threads);
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private void send(String rule, byte[] input, CompletableFuture<HttpResponse<byte[]>> reply) {
        var request = HttpRequest.newBuilder(URI.create(settings.url() + "/v1/data/portcullis/" + rule))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body(input)));
        settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        var sending = http.sendAsync(request.build(), head -> new BoundedBody(settings.answerBytes()));
        sending.whenComplete((response, fault) -> {
            free.release();
            if (response != null) {
                reply.complete(response);
            } else {
                reply.completeExceptionally(fault);
            }
        });
        reply.whenComplete((response, fault) -> sending.cancel(true));
    }

    private static byte[] body(byte[] input) {
        return ByteBuffer.allocate(BEFORE.length + input.length + AFTER.length)
                .put(BEFORE)
                .put(input)
                .put(AFTER)
                .array();
    }

    private <T> T read(
            @Nullable HttpResponse<byte[]> response,
            @Nullable Throwable fault,
            long began,
            Function<JsonNode, T> reader) {
        var took = Duration.ofNanos(System.nanoTime() - began);
        try {
            if (response == null) {
                throw trouble(fault);
            }
            var answer = reader.apply(OpaReply.result(response));
            judge(response, took, "answered", Optional.empty());
            return answer;
        } catch (OpaTrouble e) {
            judge(response, took, e.kind().key(), Optional.of(e));
            throw e;
        } catch (OtherVersion e) {
            judge(response, took, "other_version", Optional.of(e));
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            var odd = new OpaTrouble(Kind.MALFORMED, String.valueOf(e.getMessage()));
            judge(response, took, odd.kind().key(), Optional.of(odd));
            throw odd;
        }
    }

    /// The breaker is about servers that do not answer: what is answered quickly needs no protection.
    private void judge(@Nullable HttpResponse<byte[]> response, Duration took, String outcome, Optional<NoAnswer> why) {
        trouble = why.map(NoAnswer::getMessage);
        if (response == null || response.statusCode() >= SERVER_ERROR) {
            breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, why.orElseThrow());
        } else {
            breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
        }
        meter.asked(outcome, took);
    }

    private <T> CompletionStage<T> unasked(OpaTrouble why) {
        meter.asked(why.kind().key(), Duration.ZERO);
        return CompletableFuture.failedStage(why);
    }

    private OpaTrouble trouble(@Nullable Throwable fault) {
        var cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return switch (cause) {
            case OpaTrouble known -> known;
            case TimeoutException late ->
                new OpaTrouble(
                        Kind.TIMEOUT, "no answer within " + settings.timeout().toMillis() + " ms");
            case null -> new OpaTrouble(Kind.UNREACHABLE, "no answer");
            default -> new OpaTrouble(Kind.UNREACHABLE, cause.getClass().getSimpleName());
        };
    }
}
