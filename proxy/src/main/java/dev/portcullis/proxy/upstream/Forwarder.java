package dev.portcullis.proxy.upstream;

import dev.portcullis.policy.Permit;
import dev.portcullis.proxy.config.Limits;
import dev.portcullis.proxy.config.Upstreams;
import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.LoopMark;
import dev.portcullis.proxy.outbound.NameService;
import dev.portcullis.proxy.upstream.credential.UpstreamCredentials;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;

/// Sends what the policy permitted, and nothing else.
///
/// A request is sent once. When a connection fails under it, nobody knows whether the upstream acted on
/// it, so it is never repeated here; the client is told. The one exception is a token of the gateway's
/// own that was refused.
public final class Forwarder {
    private final UpstreamPool pool;
    private final UpstreamAddresses addresses;
    private final UpstreamCredentials credentials;
    private final LoopMark loopMark;
    private final long headTimeoutMillis;

    /// @param names where upstreams are found
    /// @param loopMark goes with every request
    /// @param credentials what is shown on routes whose callers end here
    public Forwarder(
            Upstreams upstreams,
            Limits limits,
            SslContext tls,
            ChannelFactory<? extends Channel> channels,
            NameService names,
            UpstreamCredentials credentials,
            LoopMark loopMark) {
        this.pool = new UpstreamPool(upstreams, tls, channels);
        this.addresses = new UpstreamAddresses(upstreams, names);
        this.credentials = credentials;
        this.loopMark = loopMark;
        this.headTimeoutMillis = limits.responseHead().toMillis();
    }

    /// Sends `request`, whose exchange and route must be the permit's own. To be called on `eventLoop`,
    /// where `listener` will hear of the response.
    public UpstreamCall forward(
            Permit permit, UpstreamRequest request, EventLoop eventLoop, UpstreamListener listener) {
        if (!permit.exchange().equals(request.exchange()) || !permit.route().equals(request.route())) {
            throw new IllegalArgumentException("this permit is for another exchange or route");
        }
        if (!request.callersEndHere()) {
            return send(request, eventLoop, listener);
        }
        var call = new CredentialedCall(
                credentials, request, eventLoop, listener, (complete, hears) -> send(complete, eventLoop, hears));
        call.begin();
        return call;
    }

    private UpstreamCall send(UpstreamRequest complete, EventLoop eventLoop, UpstreamListener listener) {
        var request = complete.with(LoopMark.HEADER, loopMark.value());
        var attempt = new UpstreamAttempt(listener);
        var origin = Origin.of(request.target(), request.sandbox());
        var loop = pool.on(eventLoop);
        var kept = loop.take(origin);
        if (kept != null) {
            send(kept, request, attempt);
        } else if (loop.mayOpen(origin)) {
            addresses
                    .resolve(origin)
                    .whenCompleteAsync(
                            (address, failure) -> {
                                if (address == null) {
                                    loop.notOpened(origin);
                                    attempt.listener().failed(kindOf(failure), String.valueOf(failure));
                                } else {
                                    loop.connect(
                                            origin,
                                            address,
                                            connection -> send(connection, request, attempt),
                                            cause -> attempt.listener()
                                                    .failed(Failure.UNREACHABLE, String.valueOf(cause)));
                                }
                            },
                            eventLoop);
        } else {
            eventLoop.execute(() -> attempt.listener().failed(Failure.BUSY, "too many connections to " + origin));
        }
        return attempt;
    }

    private void send(UpstreamConnection connection, UpstreamRequest request, UpstreamAttempt attempt) {
        if (attempt.isOver()) {
            connection.close();
            return;
        }
        attempt.runsOn(connection);
        connection.send(request, attempt, headTimeoutMillis);
    }

    private static Failure kindOf(Throwable failure) {
        return failure instanceof UpstreamAddresses.ForbiddenAddress
                        || failure.getCause() instanceof UpstreamAddresses.ForbiddenAddress
                ? Failure.FORBIDDEN_ADDRESS
                : Failure.UNREACHABLE;
    }
}
