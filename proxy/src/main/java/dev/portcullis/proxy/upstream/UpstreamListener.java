package dev.portcullis.proxy.upstream;

import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import io.netty.buffer.ByteBuf;

/// Hears of a response as it arrives: once [#responded], then [#received] any number of times, then
/// [#ended]; or [#failed] at any point, and nothing after it. All on the event loop of the exchange.
public interface UpstreamListener {
    void responded(int status, HeaderFields headers);

    /// @param content belongs to the listener from now on
    void received(ByteBuf content);

    void ended();

    /// @param detail for the log only
    void failed(Failure failure, String detail);
}
