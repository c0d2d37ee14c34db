package dev.portcullis.proxy.server;

import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.exchange.ToolVisibility.Filtered;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.mcp.AnswerScanner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A body that is held back until it is whole, or until it is too large to hold; then it streams.
///
/// Held back, a body that turns out not to be JSON-RPC can still be replaced by a clear error. A list
/// of tools must fit, because it is filtered as a whole.
final class HeldBody implements AnswerBody {
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
        /// Whatever the upstream says; nobody waits for a JSON-RPC answer in it.
        ANYTHING,
        /// One JSON-RPC response.
        ANSWER,
        /// One JSON-RPC response, with tools to be filtered.
        TOOL_LIST
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
        if (expectation != Expectation.ANYTHING) {
            scanner.feed(bytes);
        }
        if (streaming) {
            relay.response().write(bytes);
            return;
        }
        held.writeBytes(bytes);
        if (held.size() > holdLimit) {
            if (expectation == Expectation.TOOL_LIST) {
                relay.fail(Failure.GARBAGE, "a list of tools is larger than " + holdLimit + " bytes");
            } else {
                streaming = true;
                relay.response().begin(status, headers.fields());
                relay.response().write(held.toByteArray());
                held.reset();
            }
        }
    }

    @Override
    public void ended() {
        switch (expectation) {
            case ANYTHING -> send(outcomeOfStatus());
            case ANSWER ->
                scanner.answered()
                        .ifPresentOrElse(
                                answer -> send(ResponseRelay.outcome(answer)),
                                () -> relay.fail(Failure.GARBAGE, "not a JSON-RPC response"));
            case TOOL_LIST -> filterAndSend();
        }
    }

    @Override
    public void failed(Failure failure) {
        relay.fail(failure, "while its answer was held back");
    }

    private void send(Outcome outcome) {
        var last = streaming
                ? relay.response().end()
                : relay.response().whole(status, headers.fields(), held.toByteArray());
        relay.finish(outcome, last);
    }

    private void filterAndSend() {
        switch (relay.filter(held.toString(StandardCharsets.UTF_8))) {
            case Filtered.Replaced replaced ->
                relay.finish(
                        Outcome.SUCCEEDED,
                        relay.response()
                                .whole(status, headers.fields(), replaced.text().getBytes(StandardCharsets.UTF_8)));
            case Filtered.Unchanged unchanged
            when unchanged.answer().filter(ResponseRelay::isError).isPresent() -> send(Outcome.PROTOCOL_ERROR);
            case Filtered.Unchanged unchanged -> relay.fail(Failure.GARBAGE, "no tools in the answer to tools/list");
            case Filtered.Unreadable unreadable -> relay.fail(Failure.GARBAGE, unreadable.reason());
            case Filtered.Withheld withheld -> relay.refuse(withheld.refusal());
        }
    }

    private Outcome outcomeOfStatus() {
        if (status < 400) {
            return Outcome.SUCCEEDED;
        }
        return status < 500 ? Outcome.PROTOCOL_ERROR : Outcome.UPSTREAM_FAILED;
    }
}
