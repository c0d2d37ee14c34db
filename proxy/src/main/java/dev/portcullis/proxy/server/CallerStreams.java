package dev.portcullis.proxy.server;

import dev.portcullis.proxy.exchange.Stage;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many streams each caller holds open. Safe for all threads; as large as there are callers with
/// open streams.
///
/// A request is turned away when its caller holds as many as may be. The response of a request that was
/// let in may still become a stream, and then it counts: what an upstream has done is not thrown away.
final class CallerStreams {
    private final int limit;
    private final ConcurrentMap<Key, Integer> open = new ConcurrentHashMap<>();

    CallerStreams(int limit) {
        this.limit = limit;
    }

    /// Who holds streams: a caller's identity, or the address of one that has none.
    record Key(String kind, String name) {
        static Key of(Stage.Identified identified) {
            var facts = identified.caller().facts();
            var address = identified.routed().screened().received().clientAddress();
            return new Key(facts.kind(), facts.subject().orElseGet(address::getHostAddress));
        }
    }

    /// One stream of a caller, until it is closed.
    final class Place implements AutoCloseable {
        private final Key key;
        private final AtomicBoolean free = new AtomicBoolean();

        private Place(Key key) {
            this.key = key;
        }

        @Override
        public void close() {
            if (!free.getAndSet(true)) {
                open.computeIfPresent(key, (holder, count) -> count > 1 ? count - 1 : null);
            }
        }
    }

    /// Whether the caller holds as many as may be.
    boolean isFull(Key key) {
        return open.getOrDefault(key, 0) >= limit;
    }

    /// Counts one more stream of the caller.
    Place enter(Key key) {
        open.merge(key, 1, Integer::sum);
        return new Place(key);
    }
}
