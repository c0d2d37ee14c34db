package dev.portcullis.ledger;

import java.time.Instant;

/// That a checkpoint was kept outside of the database, as whoever brought it there has noted.
///
/// @param place whose file, or which webhook
/// @param anchoredAt when that was
/// @param checkpoint the line that is kept there, byte by byte
public record Anchored(String place, Instant anchoredAt, String checkpoint) {

    /// One line, for archives of evidence.
    public String json() {
        return new Statement()
                .with("place", place)
                .with("anchored_at", anchoredAt)
                .with("checkpoint", checkpoint)
                .json();
    }

    /// Reads what [#json] wrote.
    ///
    /// @throws IllegalArgumentException when something is missing or wrong
    static Anchored read(String json) {
        var members = Members.of(json);
        return new Anchored(members.text("place"), members.time("anchored_at"), members.text("checkpoint"));
    }

    @Override
    public String toString() {
        return "the anchor that was kept at " + place + " on " + anchoredAt;
    }
}
