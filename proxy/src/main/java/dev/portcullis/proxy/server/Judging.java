package dev.portcullis.proxy.server;

import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.ServerMessages;
import dev.portcullis.proxy.exchange.Stage;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Has the messages of one upstream's response judged, one at a time.
///
/// As long as the policy has not answered, the upstream is not read: what waits is bounded by what one
/// read has brought. On the event loop of the exchange.
final class Judging {
    private final ResponseRelay relay;
    private final Stage.Decided decided;
    private final ServerMessages messages;
    private final AnswerNotes notes;
    private boolean waiting;

    Judging(ResponseRelay relay, Stage.Decided decided, ServerMessages messages) {
        this.relay = relay;
        this.decided = decided;
        this.messages = messages;
        this.notes = AnswerNotes.of(decided);
    }

    AnswerNotes notes() {
        return notes;
    }

    boolean isWaiting() {
        return waiting;
    }

    /// @param then hears what became of the message, unless the exchange is over by then
    void filter(String message, Consumer<Filtered> then) {
        switch (messages.filter(decided, message, relay.response().executor())) {
            case Eventual.Now<Filtered>(Filtered filtered) -> {
                notes.passes(message, filtered);
                then.accept(filtered);
            }
            case Eventual.Later<Filtered>(CompletionStage<Filtered> stage) -> {
                waiting = true;
                stage.whenComplete((filtered, fault) -> judged(message, filtered, fault, then));
            }
        }
    }

    private void judged(
            String message, @Nullable Filtered filtered, @Nullable Throwable fault, Consumer<Filtered> then) {
        waiting = false;
        if (relay.isOver()) {
            return;
        }
        if (filtered == null) {
            relay.fail(Refusal.Failure.GARBAGE, String.valueOf(fault));
            return;
        }
        notes.passes(message, filtered);
        relay.guarded(() -> then.accept(filtered));
        relay.response().flush();
        relay.readAsFast();
    }
}
