package dev.portcullis.proxy.limit;

import java.util.List;

/// What came of asking a call to pay. It pays all that is claimed, or nothing.
sealed interface Payment {

    /// The buckets were asked.
    sealed interface Settled extends Payment {}

    /// Every rule that enforces got its token.
    ///
    /// @param observed rules that only watch, and would have refused
    record Made(List<Empty> observed) implements Settled {
        public Made {
            observed = List.copyOf(observed);
        }
    }

    /// At least one rule that enforces has no token left, and no bucket was touched.
    ///
    /// @param observed rules that only watch, and would have refused too
    record Refused(List<Empty> empty, List<Empty> observed) implements Settled {
        public Refused {
            empty = List.copyOf(empty);
            observed = List.copyOf(observed);
        }
    }

    /// The buckets cannot be asked, or did not answer in time. Whether they were touched is not known.
    record Unavailable() implements Payment {}
}
