package dev.portcullis.proxy.audit.journal;

/// What a journal kept of one exchange when it was opened.
///
/// @param id what the journal knows it by
/// @param record the last version of the record that was written to its end; empty when there is none, and so nobody
///     was ever told that it is durable
@SuppressWarnings("ArrayRecordComponent") // They are not compared.
public record Kept(long id, byte[] record) {
    public boolean isWhole() {
        return record.length > 0;
    }
}
