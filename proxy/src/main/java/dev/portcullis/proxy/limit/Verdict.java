package dev.portcullis.proxy.limit;

import java.util.List;

/// What the limits say of a call.
///
/// @param empty rules whose limit is reached
/// @param uncounted rules that refuse because nobody can count for them at this moment
/// @param observed rules that only watch, and would have refused
public record Verdict(List<Empty> empty, List<Claim> uncounted, List<Claim> observed) {
    public Verdict {
        empty = List.copyOf(empty);
        uncounted = List.copyOf(uncounted);
        observed = List.copyOf(observed);
    }

    public boolean isAllowed() {
        return empty.isEmpty() && uncounted.isEmpty();
    }
}
