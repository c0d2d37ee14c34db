package dev.portcullis.console.promotion;

import java.time.OffsetDateTime;
import java.util.List;

/// What a rule that only observes would have refused of late.
///
/// @param since from when on it was looked
/// @param looked how many records that name rules were looked at
/// @param complete whether these are all of them since then; otherwise the newest
/// @param refused how many of them this rule would have refused
/// @param top whose calls of what, most first
public record ObservedCalls(OffsetDateTime since, int looked, boolean complete, long refused, List<Top> top) {
    public ObservedCalls {
        top = List.copyOf(top);
    }

    /// @param caller empty text for anonymous callers
    /// @param tool empty text for what is no tool call
    public record Top(String caller, String tool, long calls) {}
}
