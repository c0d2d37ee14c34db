package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.mcp.Answered;
import dev.portcullis.proxy.sse.SseDecoder;
import dev.portcullis.proxy.sse.SseEvent;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/// An event stream, passed on event by event: each is on the client's wire before the next one exists.
///
/// Every message in it is read, on every stream, because the answer to `tools/list` may be delivered on
/// another stream than the one that asked.
final class EventStreamBody implements AnswerBody {
    private final ResponseRelay relay;
    private final SseDecoder decoder;
    private final boolean answerExpected;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Optional<Answered> answer = Optional.empty();
    private boolean working;
    private boolean resumable;
    private boolean hasSpoken;

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
                inOrder(() -> pass(event));
            }
        } catch (SseDecoder.NotAnEventStream e) {
            inOrder(() -> breakOff(Refusal.Failure.GARBAGE, String.valueOf(e.getMessage())));
        }
        relay.response().flush();
    }

    @Override
    public void ended() {
        inOrder(this::end);
    }

    @Override
    public void failed(Refusal.Failure failure) {
        inOrder(() -> fail(failure));
    }

    /// Does what has come, at once, or when the message before it is judged. No more waits than one read of the
    /// upstream has brought, since it is not read meanwhile.
    private void inOrder(Runnable step) {
        waiting.add(step);
        work();
    }

    private void work() {
        if (working) {
            return;
        }
        working = true;
        try {
            while (!relay.isJudging() && !relay.isOver() && !waiting.isEmpty()) {
                waiting.remove().run();
            }
        } finally {
            working = false;
        }
    }

    private void end() {
        if (!answerExpected) {
            relay.finish(Outcome.SUCCEEDED, relay.response().end());
        } else if (answer.isPresent()) {
            relay.finish(Outcomes.of(answer.get()), relay.response().end());
        } else if (resumable) {
            // A server may hang up and give the rest to a client that asks again, naming the last event it saw.
            relay.finish(Outcome.UNKNOWN, relay.response().end());
        } else {
            breakOff(Refusal.Failure.BROKE_OFF, "the event stream ended without the answer");
        }
    }

    private void fail(Refusal.Failure failure) {
        if (answer.isPresent()) {
            relay.finish(Outcomes.of(answer.get()), relay.response().abort());
        } else {
            breakOff(failure, "in the middle of an event stream");
        }
    }

    /// Says something of the gateway's own, once the server has begun to speak.
    void announce(String message) {
        if (hasSpoken || !relay.waitsForServer()) {
            relay.response().write(SseEvent.message(message).encoded());
            relay.response().flush();
        }
    }

    private void pass(SseEvent event) {
        resumable |= event.hasId();
        var data = event.data();
        if (data.isEmpty() || data.get().isEmpty()) {
            relay.response().write(event.encoded());
            return;
        }
        if (!event.type().equals("message")) {
            otherType(event);
            return;
        }
        relay.filter(data.get(), filtered -> {
            judged(event, data.get(), filtered);
            work();
        });
    }

    private void judged(SseEvent event, String text, Filtered filtered) {
        switch (filtered) {
            case Filtered.Unchanged unchanged -> write(event, text, unchanged.answer());
            case Filtered.Replaced replaced -> write(event, replaced.text(), replaced.answer());
            case Filtered.Dropped dropped -> skip(event);
            case Filtered.Blocked blocked -> {
                skip(event);
                relay.answerServer(blocked);
            }
            case Filtered.Unreadable unreadable -> breakOff(Refusal.Failure.GARBAGE, unreadable.reason());
            case Filtered.Withheld withheld -> relay.refuse(withheld.refusal());
        }
    }

    /// MCP has events of one type. Another one has no meaning, but the one that names an address to send
    /// to, which would lead the client around the gateway.
    private void otherType(SseEvent event) {
        if (event.type().equals("endpoint")) {
            breakOff(Refusal.Failure.GARBAGE, "the transport of 2024-11-05");
        } else {
            skip(event);
        }
    }

    private void write(SseEvent event, String text, Optional<Answered> seen) {
        hasSpoken = true;
        answer = answer.or(() -> seen);
        // Some readers also end a line at these; in JSON they stand in texts only, where an escape means the same.
        var oneLine =
                text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085");
        relay.response().write(event.withData(oneLine).encoded());
    }

    private void skip(SseEvent event) {
        event.withoutData().ifPresent(rest -> relay.response().write(rest.encoded()));
    }

    private void breakOff(Refusal.Failure failure, String detail) {
        if (resumable && failure == Refusal.Failure.BROKE_OFF) {
            relay.breakOff(failure, detail);
        } else {
            relay.fail(failure, detail);
        }
    }
}
