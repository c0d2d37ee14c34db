package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.upstream.credential.CredentialException;
import dev.portcullis.proxy.upstream.credential.UpstreamCredentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.BiFunction;

/// A request that carries the gateway's own credential, or none where the upstream wants one.
///
/// When the upstream refuses a token, another one is fetched and the request is sent once more, but only
/// when it cannot have been carried out: a 401 with a challenge says that nobody was let in. Whatever
/// else a 401 means, the client hears that the gateway's credential failed, since it is not the client's
/// to repair. Lives on one event loop.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2">RFC 9110, 401 Unauthorized</a>
final class CredentialedCall implements UpstreamCall, UpstreamListener {
    private static final int UNAUTHORIZED = 401;

    private final UpstreamCredentials credentials;
    private final UpstreamRequest request;
    private final EventLoop eventLoop;
    private final UpstreamListener listener;
    private final BiFunction<UpstreamRequest, UpstreamListener, UpstreamCall> sender;
    private UpstreamCredentials.@Nullable Header shown;
    private @Nullable UpstreamCall running;
    private boolean repeated;
    private boolean paused;
    private boolean over;

    /// @param sender sends a request as it is
    CredentialedCall(
            UpstreamCredentials credentials,
            UpstreamRequest request,
            EventLoop eventLoop,
            UpstreamListener listener,
            BiFunction<UpstreamRequest, UpstreamListener, UpstreamCall> sender) {
        this.credentials = credentials;
        this.request = request;
        this.eventLoop = eventLoop;
        this.listener = listener;
        this.sender = sender;
    }

    void begin() {
        var name = request.credential();
        if (name.isEmpty()) {
            send(request);
            return;
        }
        var header = credentials.header(name.get(), request.target()).toCompletableFuture();
        if (header.isDone()) {
            ready(
                    header.isCompletedExceptionally() ? null : header.resultNow(),
                    header.isCompletedExceptionally() ? header.exceptionNow() : null);
        } else {
            header.whenCompleteAsync(this::ready, eventLoop);
        }
    }

    private void ready(UpstreamCredentials.@Nullable Header header, @Nullable Throwable trouble) {
        if (over) {
            return;
        }
        if (header == null) {
            // Never from within the call that began it: nobody holds the handle yet.
            eventLoop.execute(() -> fail(kindOf(trouble), String.valueOf(trouble)));
            return;
        }
        shown = header;
        send(request.with(header.name(), header.value().reveal()));
    }

    private void send(UpstreamRequest complete) {
        running = sender.apply(complete, this);
        if (paused) {
            running.pause();
        }
    }

    @Override
    public void responded(int status, HeaderFields headers) {
        if (status != UNAUTHORIZED) {
            listener.responded(status, headers);
            return;
        }
        cancelRunning();
        var header = shown;
        if (header == null) {
            fail(Failure.CREDENTIAL_MISSING, "the upstream asks for a credential, and the route names none");
            return;
        }
        var another = credentials.refused(request.credential().orElseThrow(), header);
        if (another && !repeated && headers.has("www-authenticate")) {
            repeated = true;
            begin();
        } else {
            fail(
                    Failure.CREDENTIAL_REFUSED,
                    "the upstream refused the credential "
                            + request.credential().orElseThrow());
        }
    }

    @Override
    public void received(ByteBuf content) {
        listener.received(content);
    }

    @Override
    public void ended() {
        over = true;
        listener.ended();
    }

    @Override
    public void failed(Failure failure, String detail) {
        over = true;
        listener.failed(failure, detail);
    }

    @Override
    public void pause() {
        paused = true;
        current().ifPresent(UpstreamCall::pause);
    }

    @Override
    public void resume() {
        paused = false;
        current().ifPresent(UpstreamCall::resume);
    }

    @Override
    public void cancel() {
        over = true;
        cancelRunning();
    }

    private void cancelRunning() {
        current().ifPresent(UpstreamCall::cancel);
        running = null;
    }

    private Optional<UpstreamCall> current() {
        return Optional.ofNullable(running);
    }

    private void fail(Failure failure, String detail) {
        if (!over) {
            over = true;
            listener.failed(failure, detail);
        }
    }

    private static Failure kindOf(@Nullable Throwable trouble) {
        var cause = trouble != null && trouble.getCause() != null ? trouble.getCause() : trouble;
        if (!(cause instanceof CredentialException credential)) {
            return Failure.CREDENTIAL_UNAVAILABLE;
        }
        return switch (credential.kind()) {
            case MISSING -> Failure.CREDENTIAL_MISSING;
            case FORBIDDEN -> Failure.CREDENTIAL_FORBIDDEN;
            case REFUSED -> Failure.CREDENTIAL_REFUSED;
            case UNAVAILABLE -> Failure.CREDENTIAL_UNAVAILABLE;
        };
    }
}
