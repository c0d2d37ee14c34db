package dev.portcullis.proxy.exchange;

import java.util.List;
import java.util.Optional;

/// What the audit trail keeps of what an upstream answered.
///
/// @param hidden names of what the policy hid of the lists in it; absent when there was no list
/// @param result the result of the request as the client got it, as JSON text; absent when no rule asks for it
public record KeptAnswer(Optional<List<String>> hidden, Optional<String> result) {
    private static final KeptAnswer NONE = new KeptAnswer(Optional.empty(), Optional.empty());

    public KeptAnswer {
        hidden = hidden.map(List::copyOf);
    }

    public static KeptAnswer none() {
        return NONE;
    }
}
