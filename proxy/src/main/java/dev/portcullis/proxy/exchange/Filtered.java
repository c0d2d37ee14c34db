package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.mcp.Answered;

import java.util.List;
import java.util.Optional;

/// What became of a message from upstream.
public sealed interface Filtered {

    /// The text may pass as it is.
    ///
    /// @param answer how the call ended, when this is the answer to the request of this exchange
    record Unchanged(Optional<Answered> answer) implements Filtered {}

    /// This text is what the client may see of it.
    ///
    /// @param hidden names of the entries that were taken out, when there is a list in it
    record Replaced(String text, Optional<Answered> answer, Optional<List<String>> hidden) implements Filtered {
        /// Without a list.
        Replaced(String text) {
            this(text, Optional.empty(), Optional.empty());
        }
    }

    /// It goes no further, and nobody waits for an answer.
    ///
    /// @param reason for the log
    record Dropped(String reason) implements Filtered {}

    /// A request of the server that goes no further.
    ///
    /// @param answer what the server is told in place of the client, as JSON text
    record Blocked(String reason, String answer) implements Filtered {}

    /// It cannot be read beyond doubt, so nothing of it may pass.
    record Unreadable(String reason) implements Filtered {}

    /// The policy answered no, or not at all.
    record Withheld(Refusal refusal) implements Filtered {}
}
