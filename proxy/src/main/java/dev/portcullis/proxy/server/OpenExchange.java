package dev.portcullis.proxy.server;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.policy.Kill;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.Question;
import dev.portcullis.proxy.audit.AuditRecord;
import dev.portcullis.proxy.audit.AuditTrail;
import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.AskedFacts;
import dev.portcullis.proxy.exchange.Ending;
import dev.portcullis.proxy.exchange.ExchangeId;
import dev.portcullis.proxy.exchange.ExchangeRecord;
import dev.portcullis.proxy.exchange.KeptAnswer;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Validity;
import dev.portcullis.proxy.sync.PolicySnapshot;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// One exchange from its first byte to its audit record: how far it has come, and what is kept of it
/// meanwhile.
///
/// Belongs to the event loop of its channel. It ends once; only the first end counts.
final class OpenExchange {
    private static final Logger LOG = LoggerFactory.getLogger(OpenExchange.class);

    private final ExchangeId id;
    private final EventLoop eventLoop;
    private final AuditTrail.Slot slot;
    private final AskedFacts asked;
    private final Clock clock;
    private final long beganNanos = System.nanoTime();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final DownstreamResponse response;
    private Stage last;
    private @Nullable ResponseRelay relay;
    private CallerStreams.@Nullable Place place;
    private @Nullable Future<?> callerEnd;
    private long held;
    private boolean over;

    OpenExchange(
            Stage.Received received,
            EventLoop eventLoop,
            AuditTrail.Slot slot,
            DownstreamResponse response,
            AskedFacts asked,
            Clock clock) {
        this.id = received.exchange();
        this.last = received;
        this.eventLoop = eventLoop;
        this.slot = slot;
        this.response = response;
        this.asked = asked;
        this.clock = clock;
    }

    ExchangeId id() {
        return id;
    }

    EventLoop eventLoop() {
        return eventLoop;
    }

    DownstreamResponse response() {
        return response;
    }

    Stage last() {
        return last;
    }

    void reached(Stage stage) {
        this.last = stage;
    }

    ByteArrayOutputStream body() {
        return body;
    }

    Optional<ResponseRelay> relay() {
        return Optional.ofNullable(relay);
    }

    /// It is one of its caller's streams from now on, if it was not already, and lasts no longer than
    /// what identifies the caller.
    void becomesStream(CallerStreams streams) {
        if (place == null && !over && last instanceof Stage.Decided decided) {
            place = streams.enter(CallerStreams.Key.of(decided.identified()));
            decided.identified().caller().expiresAt().ifPresent(this::endBy);
        }
    }

    private void endBy(Instant end) {
        var left = Math.max(0, clock.instant().until(end, ChronoUnit.MILLIS));
        callerEnd =
                eventLoop.schedule(() -> relay().ifPresent(ResponseRelay::callerEnded), left, TimeUnit.MILLISECONDS);
    }

    /// So many more bytes of its body are in memory.
    void holds(int bytes) {
        held += bytes;
    }

    long held() {
        return held;
    }

    /// The request is about to go upstream: what is known so far is made durable, should the end never be seen.
    ///
    /// @return whether it is, on the exchange's event loop; when it is not, nothing may go upstream
    Eventual<Boolean> admit() {
        return slot.admit(record(Outcome.UNKNOWN, Optional.empty(), OptionalInt.empty()))
                .on(eventLoop);
    }

    /// The request goes upstream.
    void forwards(ResponseRelay relaying) {
        this.relay = relaying;
    }

    /// Ends the exchange with its audit record; does nothing when it has ended before.
    void end(Outcome outcome, Optional<Refusal> refusal, OptionalInt upstreamStatus) {
        if (!over) {
            over = true;
            if (place != null) {
                place.close();
            }
            if (callerEnd != null) {
                callerEnd.cancel(false);
            }
            try {
                slot.complete(record(outcome, refusal, upstreamStatus));
            } catch (RuntimeException | StackOverflowError e) {
                LOG.atError().setCause(e).addKeyValue("exchange", id).log("the record cannot be made");
                slot.abandon("internal_fault");
            }
        }
    }

    /// Asks the policy that is in force now whether this exchange may go on, and cuts it off when it
    /// may not: when its caller is identified no more, its connection is refused, or a kill reaches what
    /// it does. What this process knows counts at once.
    ///
    /// @param answers what the policy says of the connections of all exchanges that obey it now
    /// @param cut hears what the policy cut off, and why
    /// @return whether it goes on as far as this process knows, and somebody else has to be asked about rules that
    ///     are new to it
    boolean obey(ConnectionAnswers answers, Validity validity, CutTally cut) {
        var policy = answers.policy();
        var relaying = relay;
        if (over || relaying == null || relaying.isOver() || !(last instanceof Stage.Decided decided)) {
            return false;
        }
        if (!validity.ofCaller(decided.identified().caller())) {
            relaying.callerEnded();
            return false;
        }
        if (!validity.ofSession(decided.identified())) {
            relaying.sessionRevoked();
            return false;
        }
        var isStream = place != null;
        var connection = decided.identified().connection();
        var known = answers.about(connection);
        var ofConnection = known.flatMap(decision -> refusal(connection, decision));
        var ofMessage = ofConnection.isPresent() ? Optional.<Decision.Deny>empty() : killOfMessage(policy, decided);
        ofConnection
                .or(() -> ofMessage)
                .ifPresentOrElse(denial -> cut.count(denial, isStream), relaying::policyChanged);
        ofConnection.ifPresent(relaying::cutOff);
        ofMessage.ifPresent(denial -> cut(relaying, decided, denial));
        return known.isEmpty()
                && !over
                && policy.version() != decided.identified().routed().policy().version();
    }

    private static Optional<Decision.Deny> killOfMessage(PolicySnapshot policy, Stage.Decided decided) {
        return policy.kills().stream().anyMatch(Kill::isAboutMessages)
                ? policy.decisionPoint()
                        .decideHere(decided.input())
                        .flatMap(decision -> refusal(decided.input(), decision))
                        .filter(OpenExchange::isByKill)
                : Optional.empty();
    }

    /// A kill of the tool ends the call in band, every other one the connection.
    private static void cut(ResponseRelay relay, Stage.Decided decided, Decision.Deny denial) {
        decided.decoded()
                .filter(decoded -> !denial.endsConnection())
                .ifPresentOrElse(
                        decoded -> relay.refuse(new Refusal.CallCutOff(denial, decoded.era(), decoded.message())),
                        () -> relay.cutOff(denial));
    }

    /// Asks somebody else whether its connection may go on, and cuts it off when it may not.
    ///
    /// @return completes when the answer is obeyed
    CompletionStage<?> obeyAnswer(PolicySnapshot policy) {
        if (over || relay == null || !(last instanceof Stage.Decided decided)) {
            return CompletableFuture.completedStage(null);
        }
        var asking = relay;
        var connection = decided.identified().connection();
        return policy.decisionPoint()
                .decide(connection)
                .on(eventLoop)
                .stage()
                .thenAccept(decision -> refusal(connection, decision).ifPresent(asking::cutOff));
    }

    private static Optional<Decision.Deny> refusal(PolicyInput input, Decision decision) {
        return switch (decision) {
            case Decision.Allow allow -> Optional.empty();
            case Decision.Deny deny -> Optional.of(deny);
            case Decision.Undecided undecided ->
                input.question() instanceof Question.Connection
                        ? Optional.of(new Decision.Deny(
                                undecided.policyVersion(),
                                List.of(new Decision.Denial("gateway:undecided", "undecided", Optional.empty())),
                                List.of()))
                        : Optional.empty();
        };
    }

    private static boolean isByKill(Decision.Deny deny) {
        return deny.rules().stream().anyMatch(rule -> rule.startsWith("kill:"));
    }

    private AuditRecord record(Outcome outcome, Optional<Refusal> refusal, OptionalInt upstreamStatus) {
        return ExchangeRecord.of(
                last,
                new Ending(
                        clock.instant(),
                        outcome,
                        refusal,
                        response.status(),
                        upstreamStatus,
                        body.size(),
                        response.bytes(),
                        (System.nanoTime() - beganNanos) / 1000,
                        relay().map(ResponseRelay::keptAnswer).orElseGet(KeptAnswer::none)),
                asked);
    }
}
