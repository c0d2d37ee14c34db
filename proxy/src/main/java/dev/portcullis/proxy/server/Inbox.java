package dev.portcullis.proxy.server;

import io.netty.util.ReferenceCountUtil;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What has come from a client and was not dealt with yet, at most as much as one read of the socket
/// brought. Owns the buffers in it.
final class Inbox {
    private final Deque<Object> messages = new ArrayDeque<>();
    private boolean working;

    void add(Object message) {
        messages.add(message);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /// Hands messages over in order, each with its buffer, as long as `more` are wanted. Called again
    /// meanwhile, it does nothing.
    void work(BooleanSupplier more, Consumer<Object> taker) {
        if (working) {
            return;
        }
        working = true;
        try {
            while (more.getAsBoolean() && !messages.isEmpty()) {
                taker.accept(messages.remove());
            }
        } finally {
            working = false;
        }
    }

    void clear() {
        messages.forEach(ReferenceCountUtil::release);
        messages.clear();
    }
}
