package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.ToolVisibility.Filtered;
import dev.portcullis.proxy.mcp.Answered;
import dev.portcullis.proxy.sse.SseDecoder;
import dev.portcullis.proxy.sse.SseEvent;

import java.util.Optional;

/// An event stream, passed on event by event: each is on the client's wire before the next one exists.
///
/// Every message in it is read, on every stream, because the answer to `tools/list` may be delivered on
/// another stream than the one that asked.
final class EventStreamBody implements AnswerBody {
    private final ResponseRelay relay;
    private final SseDecoder decoder;
    private final boolean answerExpected;
    private Optional<Answered> answer = Optional.empty();
    private boolean resumable;

    /// @param answerExpected whether the client waits for a JSON-RPC response on this stream
    EventStreamBody(ResponseRelay relay, int maxEventBytes, boolean answerExpected) {
        this.relay = relay;
        this.decoder = new SseDecoder(maxEventBytes);
        this.answerExpected = answerExpected;
    }

    @Override
    public void received(byte[] bytes) {
        try {
            for (var event : decoder.decode(bytes)) {
                if (!relay.isOver()) {
                    pass(event);
                }
            }
        } catch (SseDecoder.NotAnEventStream e) {
            breakOff(Refusal.Failure.GARBAGE, String.valueOf(e.getMessage()));
        }
        relay.response().flush();
    }

    @Override
    public void ended() {
        if (!answerExpected) {
            relay.finish(Outcome.SUCCEEDED, relay.response().end());
        } else if (answer.isPresent()) {
            relay.finish(ResponseRelay.outcome(answer.get()), relay.response().end());
        } else if (resumable) {
            // A server may hang up and give the rest to a client that asks again, naming the last event it saw.
            relay.finish(Outcome.UNKNOWN, relay.response().end());
        } else {
            breakOff(Refusal.Failure.BROKE_OFF, "the event stream ended without the answer");
        }
    }

    @Override
    public void failed(Refusal.Failure failure) {
        if (answer.isPresent()) {
            relay.finish(ResponseRelay.outcome(answer.get()), relay.response().abort());
        } else {
            breakOff(failure, "in the middle of an event stream");
        }
    }

    private void pass(SseEvent event) {
        resumable |= event.hasId();
        var data = event.data();
        if (data.isEmpty() || data.get().isEmpty()) {
            relay.response().write(event.encoded());
            return;
        }
        switch (relay.filter(data.get())) {
            case Filtered.Unchanged unchanged -> write(event, unchanged.answer());
            case Filtered.Replaced replaced -> write(event.withData(replaced.text()), replaced.answer());
            case Filtered.Unreadable unreadable -> breakOff(Refusal.Failure.GARBAGE, unreadable.reason());
            case Filtered.Withheld withheld -> relay.refuse(withheld.refusal());
        }
    }

    private void write(SseEvent event, Optional<Answered> seen) {
        answer = answer.or(() -> seen);
        relay.response().write(event.encoded());
    }

    private void breakOff(Refusal.Failure failure, String detail) {
        if (resumable && failure == Refusal.Failure.BROKE_OFF) {
            relay.breakOff(failure, detail);
        } else {
            relay.fail(failure, detail);
        }
    }
}
