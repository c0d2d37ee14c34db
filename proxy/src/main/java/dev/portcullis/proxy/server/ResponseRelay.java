package dev.portcullis.proxy.server;

import dev.portcullis.policy.Decision;
import dev.portcullis.proxy.audit.Outcome;
import dev.portcullis.proxy.binding.Seals;
import dev.portcullis.proxy.exchange.Filtered;
import dev.portcullis.proxy.exchange.KeptAnswer;
import dev.portcullis.proxy.exchange.Refusal;
import dev.portcullis.proxy.exchange.ServerMessages;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.exchange.Verb;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.MediaType;
import dev.portcullis.proxy.jsonrpc.RequestId;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.legacy.LegacyMethods;
import dev.portcullis.proxy.mcp.modern.ModernMethods;
import dev.portcullis.proxy.mcp.modern.Subscription;
import dev.portcullis.proxy.upstream.ForwardedHeaders;
import dev.portcullis.proxy.upstream.UpstreamCall;
import dev.portcullis.proxy.upstream.UpstreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Passes an upstream's response to the client of one exchange, filtered where it must be.
///
/// When the client cannot take more, the upstream is not read. When the client leaves, a modern call is
/// cancelled; a legacy one goes on and is watched to its end, because leaving does not cancel there.
/// All on the event loop of the exchange.
final class ResponseRelay implements UpstreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseRelay.class);
    private static final int MAX_ANSWERS_TO_SERVER = 100;
    private static final String TOOLS_CHANGED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

    private final Stage.Decided decided;
    private final DownstreamResponse response;
    private final ExchangeServices services;
    private final Ended ended;
    private final Judging judging;
    private int answersToServer;
    private @Nullable UpstreamCall call;
    private @Nullable AnswerBody body;
    private OptionalInt upstreamStatus = OptionalInt.empty();
    private boolean over;

    /// Hears once how it ended.
    interface Ended {
        void upstreamAnswered();

        /// @param last completes when the last byte was sent or given up
        void relayed(Outcome outcome, Optional<Refusal> refusal, OptionalInt upstreamStatus, ChannelFuture last);

        /// The gateway has to say no after all, and nothing was sent yet.
        void refused(Refusal refusal, OptionalInt upstreamStatus);

        /// The server is to be told something in place of the client.
        ///
        /// @param answer a JSON-RPC response as JSON text
        void answersServer(Stage.Decided decided, String answer);
    }

    ResponseRelay(Stage.Decided decided, DownstreamResponse response, ExchangeServices services, Ended ended) {
        this.decided = decided;
        this.response = response;
        this.services = services;
        this.ended = ended;
        this.judging = new Judging(this, decided, services.messages());
    }

    /// The answer is too large to be looked at as a whole.
    void passesUnseen() {
        judging.notes().passesUnseen();
    }

    /// What is kept of the answer as far as it has passed.
    KeptAnswer keptAnswer() {
        return judging.notes().kept();
    }

    /// The handle on the request this relays the response of.
    void relays(UpstreamCall running) {
        this.call = running;
    }

    DownstreamResponse response() {
        return response;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void responded(int status, HeaderFields headers) {
        upstreamStatus = OptionalInt.of(status);
        ended.upstreamAnswered();
        var success = status >= 200 && status < 300;
        if (status >= 300 && status < 400) {
            fail(Refusal.Failure.GARBAGE, "a redirect, which would lead the client around the gateway");
        } else if (isEncoded(headers)) {
            fail(Refusal.Failure.GARBAGE, "a Content-Encoding that was not asked for");
        } else if (status == 404 && decided.upstreamSession().isPresent()) {
            // The session has ended: the client hears the same as of one that never was.
            refuse(new Refusal.NotYours(Seals.Kind.SESSION, awaitedId()));
        } else {
            var visible = services.challenges().rewritten(decided, status, ForwardedHeaders.downstream(headers));
            SessionHeader.bound(visible, decided, services)
                    .ifPresentOrElse(
                            passed -> body = success
                                    ? successful(status, passed)
                                    : held(status, passed, HeldBody.Expectation.ANYTHING),
                            () -> fail(Refusal.Failure.GARBAGE, "the id of the session is not visible ASCII"));
        }
    }

    @Override
    public void received(ByteBuf content) {
        var bytes = ByteBufUtil.getBytes(content);
        content.release();
        var receiving = body;
        if (over || receiving == null) {
            return;
        }
        guarded(() -> receiving.received(bytes));
        response.flush();
        if (!over && call != null && (!response.isWritable() || isJudging())) {
            call.pause();
        }
    }

    @Override
    public void ended() {
        if (!over && body != null) {
            guarded(body::ended);
        }
    }

    @Override
    public void failed(Refusal.Failure failure, String detail) {
        LOG.atDebug()
                .addKeyValue("exchange", decided.input().exchange())
                .addKeyValue("failure", failure)
                .log(detail);
        if (!over && body != null) {
            body.failed(failure);
        } else {
            fail(failure, detail);
        }
    }

    /// The client takes more, or less, than it did.
    void writabilityChanged() {
        if (response.isWritable()) {
            readAsFast();
        }
    }

    /// The client closed the connection.
    void clientLeft() {
        if (over) {
            return;
        }
        if (goesOnWithoutClient()) {
            readAsFast();
        } else {
            cancel();
            finish(awaitedId().isPresent() ? Outcome.CANCELLED : Outcome.SUCCEEDED, response.abort());
        }
    }

    /// Somebody else answers in its place.
    void abandon() {
        over = true;
        cancel();
    }

    /// The client left long ago, and the upstream still has not answered.
    void giveUp() {
        if (!over) {
            cancel();
            finish(Outcome.UNKNOWN, response.abort());
        }
    }

    /// The policy now refuses what it allowed when this began.
    void cutOff(Decision.Deny decision) {
        refuse(new Refusal.CutOff(decision, awaitedId()));
    }

    /// What identified the caller when this began does so no more.
    void callerEnded() {
        refuse(new Refusal.CallerEnded(awaitedId()));
    }

    /// The session that this belongs to was revoked.
    void sessionRevoked() {
        refuse(new Refusal.SessionRevoked(true, awaitedId()));
    }

    /// The policy in force is another one, and this exchange may go on under it.
    void policyChanged() {
        if (!over && body instanceof EventStreamBody stream) {
            toolsChanged().ifPresent(stream::announce);
        }
    }

    /// Whether the server must have spoken before anybody else may: it acknowledges a subscription first.
    boolean waitsForServer() {
        return verb() != Verb.GET;
    }

    /// What this stream is told when the list of tools may have changed: the server's own stream of the
    /// legacy era, and a subscription that asked for it.
    private Optional<String> toolsChanged() {
        return verb() == Verb.GET
                ? Optional.of(TOOLS_CHANGED)
                : ServerMessages.subscription(decided)
                        .filter(Subscription::toolsListChanged)
                        .map(Subscription::toolsChanged);
    }

    /// Reads one message of the upstream as the policy sees it.
    ///
    /// @param then hears what became of it, unless the exchange is over by then
    void filter(String message, Consumer<Filtered> then) {
        judging.filter(message, then);
    }

    /// Whether a message waits for the policy's answer.
    boolean isJudging() {
        return judging.isWaiting();
    }

    /// Reads on when the client takes more and nothing waits to be judged.
    void readAsFast() {
        if (over || call == null) {
            return;
        }
        if (response.isWritable() && !isJudging()) {
            call.resume();
        } else {
            call.pause();
        }
    }

    void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | StackOverflowError e) {
            fail(Refusal.Failure.GARBAGE, e.toString());
        }
    }

    /// Tells the server in place of the client that what it asked for was refused.
    void answerServer(Filtered.Blocked blocked) {
        LOG.atInfo()
                .addKeyValue("exchange", decided.input().exchange())
                .addKeyValue("reason", blocked.reason())
                .log("a request of the server was blocked");
        if (++answersToServer > MAX_ANSWERS_TO_SERVER) {
            fail(Refusal.Failure.GARBAGE, "the server goes on asking for what is refused");
        } else {
            ended.answersServer(decided, blocked.answer());
        }
    }

    /// The response is complete.
    void finish(Outcome outcome, ChannelFuture last) {
        if (!over) {
            over = true;
            ended.relayed(outcome, Optional.empty(), upstreamStatus, last);
        }
    }

    /// The upstream failed: the client gets an error in place of the answer, as long as that is
    /// possible.
    void fail(Refusal.Failure failure, String detail) {
        if (!over) {
            LOG.atInfo()
                    .addKeyValue("exchange", decided.input().exchange())
                    .addKeyValue("route", decided.input().route())
                    .addKeyValue("failure", failure)
                    .addKeyValue("detail", detail)
                    .log("upstream failed");
            cancel();
            end(new Refusal.UpstreamFailed(failure, awaitedId()));
        }
    }

    /// The upstream failed in a way the client can repair by itself, when it sees a broken connection.
    void breakOff(Refusal.Failure failure, String detail) {
        if (!over) {
            over = true;
            cancel();
            LOG.atDebug().addKeyValue("exchange", decided.input().exchange()).log(detail);
            ended.relayed(
                    Outcome.UPSTREAM_FAILED,
                    Optional.of(new Refusal.UpstreamFailed(failure, awaitedId())),
                    upstreamStatus,
                    response.abort());
        }
    }

    /// The gateway says no after all.
    void refuse(Refusal refusal) {
        if (!over) {
            cancel();
            end(refusal);
        }
    }

    /// Ends with a refusal: as the response itself, as the last event of a stream that waits for an
    /// answer, or by closing.
    private void end(Refusal refusal) {
        over = true;
        if (!response.hasBegun()) {
            ended.refused(refusal, upstreamStatus);
        } else if (body instanceof EventStreamBody && awaitedId().isPresent()) {
            RefusalWriter.answer(
                            refusal,
                            decided.identified().routed().screened().received().exchange())
                    .body()
                    .ifPresent(text -> response.write(
                            dev.portcullis.proxy.sse.SseEvent.message(text).encoded()));
            ended.relayed(Outcomes.of(refusal), Optional.of(refusal), upstreamStatus, response.end());
        } else {
            ended.relayed(Outcomes.of(refusal), Optional.of(refusal), upstreamStatus, response.abort());
        }
    }

    private void cancel() {
        if (call != null) {
            call.cancel();
        }
    }

    private @Nullable AnswerBody successful(int status, HeaderFields headers) {
        var media = MediaType.of(headers);
        if (media.filter(MediaType.EVENT_STREAM::equals).isPresent()) {
            response.begin(status, headers.fields());
            return new EventStreamBody(
                    this, services.limits().eventBytes(), awaitedId().isPresent() && !decided.opensStream());
        }
        if (awaitedId().isPresent()) {
            if (media.filter(MediaType.JSON::equals).isPresent()) {
                return held(
                        status,
                        headers,
                        mustBeWhole() ? HeldBody.Expectation.WHOLE_ANSWER : HeldBody.Expectation.ANSWER);
            }
            fail(Refusal.Failure.GARBAGE, "neither JSON nor an event stream");
            return null;
        }
        if (verb() == Verb.GET) {
            fail(Refusal.Failure.GARBAGE, "a GET was answered by something else than an event stream");
            return null;
        }
        return held(status, headers, HeldBody.Expectation.NOTHING);
    }

    private HeldBody held(int status, HeaderFields headers, HeldBody.Expectation expectation) {
        return new HeldBody(
                this,
                status,
                headers,
                expectation,
                expectation == HeldBody.Expectation.WHOLE_ANSWER
                        ? services.limits().listBytes()
                        : HeldBody.STREAMING_FROM);
    }

    /// Whether the answer is of a kind that is always changed on its way.
    private boolean mustBeWhole() {
        return decided.decoded()
                .flatMap(decoded -> decoded.message().method())
                .filter(method -> method.equals(LegacyMethods.INITIALIZE) || ModernMethods.isCacheable(method))
                .isPresent();
    }

    private boolean goesOnWithoutClient() {
        return awaitedId().isPresent() && decided.era() == Era.LEGACY;
    }

    private Verb verb() {
        return decided.identified().routed().screened().verb();
    }

    /// The id of the request whose answer the client waits for on this very response.
    private Optional<RequestId> awaitedId() {
        return decided.decoded().flatMap(decoded -> decoded.message().id());
    }

    private static boolean isEncoded(HeaderFields headers) {
        return headers.all("content-encoding").stream()
                .anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity"));
    }
}
