package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Refusal.Failure;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.upstream.UpstreamListener;
import io.netty.buffer.ByteBuf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The response to something that only the server wanted to hear; nobody waits for it.
final class UnheardResponse implements UpstreamListener {
    private static final Logger LOG = LoggerFactory.getLogger(UnheardResponse.class);

    @Override
    public void responded(int status, HeaderFields headers) {
        LOG.atDebug().addKeyValue("status", status).log("the server took an answer of the gateway");
    }

    @Override
    public void received(ByteBuf content) {
        content.release();
    }

    @Override
    public void ended() {
        // All was said.
    }

    @Override
    public void failed(Failure failure, String detail) {
        LOG.atInfo()
                .addKeyValue("failure", failure)
                .addKeyValue("detail", detail)
                .log("the server did not take an answer of the gateway");
    }
}
