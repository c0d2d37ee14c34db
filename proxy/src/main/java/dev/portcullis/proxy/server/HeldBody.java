package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.mcp.AnswerScanner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A body that is held back until it is whole, so that it can be judged, and replaced by a clear error
/// when it is not JSON-RPC.
///
/// An answer that is too large to hold streams on, under the eyes of a scanner: it is broken off when
/// something turns up in it that only a whole answer lets judge. An answer that is always changed on
/// its way, such as a list of tools, must fit.
final class HeldBody implements AnswerBody {
    /// A body without anything to be judged streams from this size on.
    static final int STREAMING_FROM = 256 * 1024;

    private static final String NO_ANSWER = "not the JSON-RPC response that is waited for";
    private static final String TOO_LARGE = "an answer that must be judged is larger than " + STREAMING_FROM + " bytes";

    private final ResponseRelay relay;
    private final int status;
    private final HeaderFields headers;
    private final Expectation expectation;
    private final int holdLimit;
    private final AnswerScanner scanner = new AnswerScanner();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(1024);
    private boolean streaming;

    /// What the body has to be.
    enum Expectation {
        /// Whatever the upstream says about an error of HTTP.
        ANYTHING,
        /// Nobody waits for a body, so there is none.
        NOTHING,
        /// One JSON-RPC response.
        ANSWER,
        /// One JSON-RPC response that has to be judged as a whole, whatever it holds.
        WHOLE_ANSWER
    }

    HeldBody(ResponseRelay relay, int status, HeaderFields headers, Expectation expectation, int holdLimit) {
        this.relay = relay;
        this.status = status;
        this.headers = headers;
        this.expectation = expectation;
        this.holdLimit = holdLimit;
    }

    @Override
    public void received(byte[] bytes) {
        if (expectation == Expectation.NOTHING) {
            return;
        }
        if (streaming) {
            stream(bytes);
            return;
        }
        held.writeBytes(bytes);
        if (held.size() > holdLimit) {
            beginStreaming();
        }
    }

    private void beginStreaming() {
        if (expectation == Expectation.WHOLE_ANSWER) {
            relay.fail(Failure.GARBAGE, "an answer that must be whole is larger than " + holdLimit + " bytes");
            return;
        }
        streaming = true;
        relay.passesUnseen();
        var first = held.toByteArray();
        held.reset();
        if (mayPass(first)) {
            relay.response().begin(status, headers.fields());
            relay.response().write(first);
        }
    }

    private void stream(byte[] bytes) {
        if (mayPass(bytes)) {
            relay.response().write(bytes);
        }
    }

    /// Whether a piece of a large body may pass unjudged; breaks the response off when it may not.
    private boolean mayPass(byte[] piece) {
        scanner.feed(piece);
        if (scanner.mustBeJudged()) {
            relay.fail(Failure.GARBAGE, TOO_LARGE);
        } else if (scanner.isBroken() && expectation != Expectation.ANYTHING) {
            relay.fail(Failure.GARBAGE, NO_ANSWER);
        } else {
            return true;
        }
        return false;
    }

    @Override
    public void ended() {
        switch (expectation) {
            case ANYTHING -> judgeError();
            case NOTHING -> relay.finish(Outcome.SUCCEEDED, relay.response().whole(status, withoutType(), new byte[0]));
            case ANSWER, WHOLE_ANSWER -> {
                if (streaming) {
                    scanner.answered()
                            .ifPresentOrElse(
                                    answer -> send(Outcomes.of(answer)), () -> relay.fail(Failure.GARBAGE, NO_ANSWER));
                } else {
                    judge();
                }
            }
        }
    }

    @Override
    public void failed(Failure failure) {
        relay.fail(failure, "while its answer was held back");
    }

    /// An error of HTTP is whatever it is; but some clients read a JSON-RPC message in it.
    private void judgeError() {
        var text = held.toString(StandardCharsets.UTF_8);
        if (streaming) {
            send(outcomeOfStatus());
            return;
        }
        relay.filter(text, filtered -> judgedError(text, filtered));
    }

    private void judgedError(String text, Filtered filtered) {
        switch (filtered) {
            case Filtered.Unchanged unchanged -> send(outcomeOfStatus());
            case Filtered.Replaced replaced -> {
                held.reset();
                held.writeBytes(replaced.text().getBytes(StandardCharsets.UTF_8));
                send(outcomeOfStatus());
            }
            case Filtered.Withheld withheld -> relay.refuse(withheld.refusal());
            case Filtered.Unreadable unreadable
            when JsonRpcKey.isIn(text) -> relay.fail(Failure.GARBAGE, unreadable.reason());
            case Filtered.Unreadable unreadable -> send(outcomeOfStatus());
            case Filtered.Dropped dropped -> relay.fail(Failure.GARBAGE, NO_ANSWER);
            case Filtered.Blocked blocked -> relay.fail(Failure.GARBAGE, NO_ANSWER);
        }
    }

    private void judge() {
        var text = held.toString(StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), held.toByteArray())) {
            relay.fail(Failure.GARBAGE, "not UTF-8");
            return;
        }
        relay.filter(text, this::judged);
    }

    private void judged(Filtered filtered) {
        switch (filtered) {
            case Filtered.Replaced replaced
            when replaced.answer().isPresent() ->
                relay.finish(
                        Outcomes.of(replaced.answer().get()),
                        relay.response()
                                .whole(status, headers.fields(), replaced.text().getBytes(StandardCharsets.UTF_8)));
            case Filtered.Unchanged unchanged
            when unchanged.answer().isPresent() ->
                send(Outcomes.of(unchanged.answer().get()));
            case Filtered.Unreadable unreadable -> relay.fail(Failure.GARBAGE, unreadable.reason());
            case Filtered.Withheld withheld -> relay.refuse(withheld.refusal());
            case Filtered.Replaced replaced -> relay.fail(Failure.GARBAGE, NO_ANSWER);
            case Filtered.Unchanged unchanged -> relay.fail(Failure.GARBAGE, NO_ANSWER);
            case Filtered.Dropped dropped -> relay.fail(Failure.GARBAGE, NO_ANSWER);
            case Filtered.Blocked blocked -> relay.fail(Failure.GARBAGE, NO_ANSWER);
        }
    }

    private void send(Outcome outcome) {
        var last = streaming
                ? relay.response().end()
                : relay.response().whole(status, headers.fields(), held.toByteArray());
        relay.finish(outcome, last);
    }

    private List<HeaderFields.Field> withoutType() {
        return headers.fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase("content-type"))
                .toList();
    }

    private Outcome outcomeOfStatus() {
        if (status < 400) {
            return Outcome.SUCCEEDED;
        }
        return status < 500 ? Outcome.PROTOCOL_ERROR : Outcome.UPSTREAM_FAILED;
    }
}
