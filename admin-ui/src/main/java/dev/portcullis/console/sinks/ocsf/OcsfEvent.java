package dev.portcullis.console.sinks.ocsf;

import tools.jackson.databind.node.ObjectNode;

import java.time.OffsetDateTime;

/// An event of the [Open Cybersecurity Schema Framework](https://schema.ocsf.io/1.6.0/), and what an
/// envelope needs to know of it.
///
/// @param uid the record's id, by which a receiver recognizes a repetition
/// @param origin the replica or the console that it is from
public record OcsfEvent(
        Kind kind, String uid, OffsetDateTime time, OcsfSeverity severity, String origin, ObjectNode body) {

    /// What it tells of.
    public enum Kind {
        TOOL_CALL("tool-call"),
        ADMIN_EVENT("admin-event"),
        GAP("gap");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /// Its name in envelopes.
        public String text() {
            return text;
        }
    }
}
