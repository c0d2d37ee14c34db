package dev.portcullis.proxy.upstream;

/// The sender's handle on a request that is under way. To be used on the event loop of the exchange.
public interface UpstreamCall {

    /// Stops reading the response until [#resume].
    void pause();

    void resume();

    /// Ends the request by closing its connection; the listener hears nothing more. Does nothing once
    /// it has ended.
    void cancel();
}
