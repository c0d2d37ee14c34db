package dev.portcullis.console.trail;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.trail.query.TrailQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.stereotype.Service;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Tells admins and auditors of exchanges as they are recorded.
///
/// That somebody listens is itself recorded. A stream ends after some time, so that a token that was
/// revoked does not go on reading; clients come back by themselves, with their places.
@Service
@RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
public class TailService {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /// How long a stream may be.
    public static final Duration LONGEST = Duration.ofMinutes(30);

    private final Tail tail;
    private final TrailQuery trail;
    private final AdminEventStore events;
    private final Clock clock;

    TailService(Tail tail, TrailQuery trail, AdminEventStore events, Clock clock) {
        this.tail = tail;
        this.trail = trail;
        this.events = events;
        this.clock = clock;
    }

    /// A stream that may [Stream#run] on a thread of its own, without what callers have sent.
    ///
    /// @param places how far the reader has read; absent to begin with what comes next
    /// @throws TooManyListenersException when one more would be too many
    public Stream stream(ToolCallFilter filter, Optional<Places> places, String actor) {
        return stream(filter, places, actor, ToolCall::withoutPayload, Map.of("filter", filter.describe()));
    }

    /// The same with it.
    ///
    /// @throws TooManyListenersException when one more would be too many
    @RolesAllowed(Roles.AUDITOR)
    public Stream reveal(ToolCallFilter filter, Optional<Places> places, String actor) {
        return stream(
                filter,
                places,
                actor,
                UnaryOperator.identity(),
                Map.of("filter", filter.describe(), "payloads", "true"));
    }

    private Stream stream(
            ToolCallFilter filter,
            Optional<Places> places,
            String actor,
            UnaryOperator<ToolCall> shown,
            Map<String, String> detail) {
        if (tail.isFull()) {
            throw new TooManyListenersException(Tail.MOST_LISTENERS);
        }
        events.append(AdminEvent.of(actor, AdminEvent.AUDIT_STREAMED).with(detail));
        return new Stream(filter, places.orElseGet(trail::heads), shown);
    }

    /// What one reader hears.
    public final class Stream {
        private final ToolCallFilter filter;
        private final Places start;
        private final UnaryOperator<ToolCall> shown;

        private Stream(ToolCallFilter filter, Places start, UnaryOperator<ToolCall> shown) {
            this.filter = filter;
            this.start = start;
            this.shown = shown;
        }

        /// Where it begins.
        public Places start() {
            return start;
        }

        /// Writes until the reader goes away, is too slow, or has listened for long enough.
        public void run(TailOutput out) throws IOException, InterruptedException {
            var end = Instant.now(clock).plus(LONGEST);
            // What is long past is read before listening, so that not too much waits meanwhile.
            var missed = new TailListener(filter, start);
            catchUp(missed, trail.heads(), out, end);
            var listening = tail.listen(filter, Optional.of(missed.read()));
            if (listening.isEmpty()) {
                return;
            }
            var listener = listening.get();
            try {
                catchUp(listener, tail.position(), out, end);
                while (!listener.isDropped() && Instant.now(clock).isBefore(end)) {
                    var look = listener.take(HEARTBEAT.toMillis());
                    if (look.isPresent()) {
                        listener.forgetAllBut(look.get().heads());
                        tell(listener, look.get().calls(), out);
                    } else if (!listener.isDropped()) {
                        out.heartbeat(listener.read());
                    }
                }
            } finally {
                tail.leave(listener);
            }
        }

        private void catchUp(TailListener listener, Places until, TailOutput out, Instant end) throws IOException {
            var left = true;
            while (left && Instant.now(clock).isBefore(end)) {
                var calls = trail.after(listener.read(), until, Tail.PORTION);
                tell(listener, calls, out);
                left = !calls.isEmpty();
            }
        }

        private void tell(TailListener listener, List<PlacedCall> calls, TailOutput out) throws IOException {
            var wanted = listener.read(calls).stream()
                    .map(placed -> new PlacedCall(placed.chain(), placed.sequence(), shown.apply(placed.call())))
                    .toList();
            if (!wanted.isEmpty()) {
                out.calls(wanted, listener.read());
            }
        }
    }
}
