package dev.portcullis.console.trail;

import dev.portcullis.console.access.query.AdminTokenQuery;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.trail.query.TrailQuery;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Looks at the chains twice a second, once for all listeners, and only while there are any. Each look asks which
/// of the listeners' tokens are still good, before anybody is told: the others are dropped.
@Component
class Tail {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    static final Portion PORTION = new Portion(500, 4L << 20, true);

    /// Each has a connection and a thread, also while it catches up.
    static final int MOST_LISTENERS = 50;

    /// Or one who may only look could keep everybody else from it.
    static final int MOST_OF_ONE = 10;

    private final TrailQuery trail;
    private final AdminTokenQuery tokens;
    private final Map<String, Integer> seats = new HashMap<>();
    private final List<TailListener> listeners = new ArrayList<>();
    private Places position = Places.beginning();
    private @Nullable Thread looking;

    Tail(TrailQuery trail, AdminTokenQuery tokens) {
        this.trail = trail;
        this.tokens = tokens;
    }

    /// A seat for one more listener of somebody.
    ///
    /// @throws TooManyListenersException when all are taken, or they have as many as one may have
    Seat sit(String actor) {
        synchronized (seats) {
            if (seats.values().stream().mapToInt(Integer::intValue).sum() >= MOST_LISTENERS) {
                throw TooManyListenersException.inAll(MOST_LISTENERS);
            }
            if (seats.getOrDefault(actor, 0) >= MOST_OF_ONE) {
                throw TooManyListenersException.of(actor, MOST_OF_ONE);
            }
            seats.merge(actor, 1, Integer::sum);
        }
        return new Seat(() -> stand(actor));
    }

    private void stand(String actor) {
        synchronized (seats) {
            seats.computeIfPresent(actor, (_, taken) -> taken > 1 ? taken - 1 : null);
        }
    }

    /// Who has read `places` is told of everything that comes after, but for what it still lacks up to
    /// the position of the look: that it reads itself, see [#position]. It needs a seat.
    synchronized TailListener listen(UUID token, ToolCallFilter filter, Places places) {
        if (listeners.isEmpty()) {
            position = trail.heads();
        }
        var listener = new TailListener(token, filter, places);
        listeners.add(listener);
        if (looking == null) {
            looking = Thread.ofVirtual().name("console-tail").start(this::lookAgainAndAgain);
        }
        return listener;
    }

    /// Whether whoever has this token may hear more.
    boolean isGood(UUID token) {
        return !tokens.good(Set.of(token)).isEmpty();
    }

    /// Up to where listeners have been told.
    synchronized Places position() {
        return position;
    }

    synchronized void leave(TailListener listener) {
        listener.drop();
        listeners.remove(listener);
    }

    @PreDestroy
    synchronized void stop() {
        List.copyOf(listeners).forEach(this::leave);
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void lookAgainAndAgain() {
        while (someoneListens()) {
            try {
                if (!look()) {
                    Thread.sleep(PERIOD);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized boolean someoneListens() {
        if (listeners.isEmpty()) {
            looking = null;
            return false;
        }
        return true;
    }

    /// Whether there is more to be seen at once. A database that is away is asked again; nothing is
    /// skipped.
    private boolean look() {
        try {
            var heads = trail.heads();
            var calls = trail.after(position(), heads, PORTION);
            dropThoseWithoutAGoodToken();
            return !calls.isEmpty() && !tell(new Look(calls, heads)).reach(heads);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the live tail could not look at the audit trail");
            return false;
        }
    }

    private void dropThoseWithoutAGoodToken() {
        var ended = tokensOfListeners();
        ended.removeAll(tokens.good(ended));
        drop(ended);
    }

    private synchronized Set<UUID> tokensOfListeners() {
        return listeners.stream().map(TailListener::token).collect(Collectors.toCollection(HashSet::new));
    }

    private synchronized void drop(Set<UUID> ended) {
        listeners.stream().filter(listener -> ended.contains(listener.token())).forEach(TailListener::drop);
    }

    /// Listeners that come while it looked have the position before it, and are told, too.
    private synchronized Places tell(Look look) {
        position = position.after(look.calls()).within(look.heads());
        listeners.forEach(listener -> listener.offer(look));
        return position;
    }
}
