package dev.portcullis.proxy.upstream;

import org.jspecify.annotations.Nullable;

/// One request on its way, before and after it has a connection. Lives on one event loop.
final class UpstreamAttempt implements UpstreamCall {
    private final UpstreamListener listener;
    private @Nullable UpstreamConnection connection;
    private boolean paused;
    private boolean over;

    UpstreamAttempt(UpstreamListener listener) {
        this.listener = new OnlyWhileRunning(listener);
    }

    UpstreamListener listener() {
        return listener;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isOver() {
        return over;
    }

    void runsOn(UpstreamConnection carrying) {
        this.connection = carrying;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        if (paused && !over) {
            paused = false;
            if (connection != null) {
                connection.resume();
            }
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            if (connection != null) {
                connection.close();
            }
        }
    }

    /// Keeps the listener's promise: nothing after the end.
    private final class OnlyWhileRunning implements UpstreamListener {
        private final UpstreamListener delegate;

        OnlyWhileRunning(UpstreamListener delegate) {
            this.delegate = delegate;
        }

        @Override
        public void responded(int status, dev.portcullis.proxy.http.HeaderFields headers) {
            if (!over) {
                delegate.responded(status, headers);
            }
        }

        @Override
        public void received(io.netty.buffer.ByteBuf content) {
            if (over) {
                content.release();
            } else {
                delegate.received(content);
            }
        }

        @Override
        public void ended() {
            if (!over) {
                over = true;
                delegate.ended();
            }
        }

        @Override
        public void failed(dev.portcullis.proxy.exchange.Refusal.Failure failure, String detail) {
            if (!over) {
                over = true;
                delegate.failed(failure, detail);
            }
        }
    }
}
