package dev.portcullis.console.trail;

import dev.portcullis.console.access.Roles;
import dev.portcullis.console.access.TokenHolder;
import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.events.store.AdminEventStore;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.trail.query.TrailQuery;
import jakarta.annotation.security.RolesAllowed;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/// Tells people and programs of exchanges as they are recorded.
///
/// That somebody listens is itself recorded. A stream ends soon after its token is revoked or over, and after some
/// time in any case; clients come back by themselves, with their places.
@Service
@RolesAllowed(Roles.VIEWER)
public class TailService {
    /// How long a stream may be.
    public static final Duration LONGEST = Duration.ofMinutes(30);

    private final Tail tail;
    private final TrailQuery trail;
    private final AdminEventStore events;
    private final Clock clock;
    private final LongSupplier nanos;

    @Autowired
    TailService(Tail tail, TrailQuery trail, AdminEventStore events, Clock clock) {
        this(tail, trail, events, clock, System::nanoTime);
    }

    /// @param nanos by which heartbeats go
    TailService(Tail tail, TrailQuery trail, AdminEventStore events, Clock clock, LongSupplier nanos) {
        this.tail = tail;
        this.trail = trail;
        this.events = events;
        this.clock = clock;
        this.nanos = nanos;
    }

    /// A stream that may [Stream#run] on a thread of its own, without what callers have sent. Whoever asks for it
    /// closes it.
    ///
    /// @param places how far the reader has read; absent to begin with what comes next
    /// @param who asks for it
    /// @throws TooManyListenersException when one more would be too many
    public Stream stream(ToolCallFilter filter, Optional<Places> places, TokenHolder who) {
        return stream(filter, places, who, ToolCall::withoutPayload, Map.of("filter", filter.describe()));
    }

    /// The same with it.
    ///
    /// @throws TooManyListenersException when one more would be too many
    @RolesAllowed(Roles.AUDITOR)
    public Stream reveal(ToolCallFilter filter, Optional<Places> places, TokenHolder who) {
        return stream(
                filter, places, who, UnaryOperator.identity(), Map.of("filter", filter.describe(), "payloads", "true"));
    }

    private Stream stream(
            ToolCallFilter filter,
            Optional<Places> places,
            TokenHolder who,
            UnaryOperator<ToolCall> shown,
            Map<String, String> detail) {
        var seat = tail.sit(who.getName());
        var begun = false;
        try {
            events.append(
                    AdminEvent.of(who.getName(), AdminEvent.AUDIT_STREAMED).with(detail));
            var stream = new Stream(who.id(), filter, places.orElseGet(trail::heads), shown, seat);
            begun = true;
            return stream;
        } finally {
            if (!begun) {
                seat.close();
            }
        }
    }

    /// What one reader hears. It counts as a listener until it is closed.
    public final class Stream implements AutoCloseable {
        private final UUID token;
        private final ToolCallFilter filter;
        private final Places start;
        private final UnaryOperator<ToolCall> shown;
        private final Seat seat;

        private Stream(UUID token, ToolCallFilter filter, Places start, UnaryOperator<ToolCall> shown, Seat seat) {
            this.token = token;
            this.filter = filter;
            this.start = start;
            this.shown = shown;
            this.seat = seat;
        }

        /// Where it begins.
        public Places start() {
            return start;
        }

        /// Writes until the reader goes away, is too slow, has listened for long enough, or its token is no longer
        /// good.
        public void run(TailOutput out) throws IOException, InterruptedException {
            var end = Instant.now(clock).plus(LONGEST);
            var pulse = new Pulse(out, nanos);
            // What is long past is read before listening, so that not too much waits meanwhile.
            var missed = new TailListener(token, filter, start);
            catchUp(missed, trail.heads(), pulse, end);
            var listener = tail.listen(token, filter, missed.read());
            try {
                catchUp(listener, tail.position(), pulse, end);
                while (!listener.isDropped() && Instant.now(clock).isBefore(end)) {
                    var look = listener.take(pulse.millisecondsLeft());
                    if (look.isPresent()) {
                        listener.forgetAllBut(look.get().heads());
                        tell(listener, look.get().calls(), pulse);
                    }
                    if (!listener.isDropped()) {
                        pulse.beat(listener.read());
                    }
                }
            } finally {
                tail.leave(listener);
            }
        }

        private void catchUp(TailListener listener, Places until, Pulse pulse, Instant end) throws IOException {
            var left = true;
            while (left && Instant.now(clock).isBefore(end) && tail.isGood(token)) {
                var calls = trail.after(listener.read(), until, Tail.PORTION);
                tell(listener, calls, pulse);
                pulse.beat(listener.read());
                left = !calls.isEmpty();
            }
        }

        private void tell(TailListener listener, List<PlacedCall> calls, Pulse pulse) throws IOException {
            var wanted = listener.read(calls).stream()
                    .map(placed -> new PlacedCall(placed.chain(), placed.sequence(), shown.apply(placed.call())))
                    .toList();
            if (!wanted.isEmpty()) {
                pulse.calls(wanted, listener.read());
            }
        }

        @Override
        public void close() {
            seat.close();
        }
    }
}
