package dev.portcullis.proxy.server;

import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.exchange.Validity;
import dev.portcullis.proxy.sync.CutExchanges;
import dev.portcullis.proxy.sync.PolicySnapshot;

import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// The exchanges in flight, bounded, so that a change of policy, or a revocation, reaches them too. Safe for
/// all threads.
public final class OpenExchanges {
    /// The bodies of all requests together take at most this part of the memory.
    private static final int BODY_SHARE = 4;

    private static final long POLL_MILLIS = 10;
    private static final long PATIENCE_SECONDS = 5;
    private static final int ASKED_AT_ONCE = 16;

    private final int limit;
    private final CallerStreams streams;
    private final Validity validity;
    private final Clock clock;
    private final long bodyLimit = Runtime.getRuntime().maxMemory() / BODY_SHARE;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bodyBytes = new AtomicLong();
    private final Set<OpenExchange> exchanges = ConcurrentHashMap.newKeySet();
    private final CutTally cut = new CutTally();

    /// @param limits how many may be in flight at once, and how many streams one caller may hold open
    /// @param validity whether what let an exchange in would still do so
    public OpenExchanges(Limits limits, Validity validity, Clock clock) {
        this.validity = validity;
        this.clock = clock;
        this.limit = limits.exchanges();
        this.streams = new CallerStreams(limits.streams().perCaller());
    }

    /// Which callers hold streams open.
    CallerStreams streams() {
        return streams;
    }

    /// Takes an exchange in, unless there are too many.
    boolean add(OpenExchange exchange) {
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return false;
        }
        exchanges.add(exchange);
        return true;
    }

    /// Makes room for more of a request's body, unless all bodies together would take too much memory.
    boolean hold(OpenExchange exchange, int bytes) {
        if (bodyBytes.addAndGet(bytes) > bodyLimit) {
            bodyBytes.addAndGet(-bytes);
            return false;
        }
        exchange.holds(bytes);
        return true;
    }

    void remove(OpenExchange exchange) {
        if (exchanges.remove(exchange)) {
            bodyBytes.addAndGet(-exchange.held());
            count.decrementAndGet();
        }
    }

    public int size() {
        return exchanges.size();
    }

    /// Waits until no exchange is in flight any more, at most for `patience`. Not for event loops.
    public void awaitEnd(Duration patience) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        while (!exchanges.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /// Lets every exchange obey `policy`, each on its own event loop, and waits until all have, as far as
    /// this process knows what the policy says of them: kills always. Where somebody else decides, they
    /// are asked a few at a time, and nobody waits for that. Not for event loops.
    public void obey(PolicySnapshot policy) {
        cut.follow(policy);
        var answers = new ConnectionAnswers(policy, clock.instant());
        var toAsk = new ConcurrentLinkedQueue<OpenExchange>();
        var obeyed = exchanges.stream()
                .map(exchange -> CompletableFuture.runAsync(
                        () -> {
                            if (exchange.obey(answers, validity, cut)) {
                                toAsk.add(exchange);
                            }
                        },
                        exchange.eventLoop()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(obeyed)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        for (var i = 0; i < ASKED_AT_ONCE; i++) {
            askNext(toAsk, policy);
        }
    }

    private static void askNext(Queue<OpenExchange> toAsk, PolicySnapshot policy) {
        var next = toAsk.poll();
        if (next != null) {
            CompletableFuture.supplyAsync(() -> next.obeyAnswer(policy), next.eventLoop())
                    .thenCompose(Function.identity())
                    .whenComplete((obeyed, fault) -> askNext(toAsk, policy));
        }
    }

    /// What a kill in force has cut here.
    public CutExchanges cutBy(UUID kill) {
        return cut.of(kill);
    }
}
