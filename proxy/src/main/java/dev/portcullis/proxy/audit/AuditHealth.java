package dev.portcullis.proxy.audit;

import java.time.Duration;
import java.util.Optional;

/// How the audit trail is doing at one moment.
///
/// @param inFlight exchanges that have not ended
/// @param reserved exchanges in flight, and records that are not committed yet
/// @param capacity how many of them there may be
/// @param waiting records that wait to be written
/// @param waitingBytes about how much memory they take
/// @param capacityBytes how much they may take
/// @param lag the age of the oldest record that is not committed
/// @param written records committed since the start
/// @param repaired records that the database took only without their odd parts
/// @param lost records given up at the end, because the database did not come back
/// @param failures attempts to write that failed because the database was away
/// @param abandoned exchanges recorded as `unknown`
/// @param completedTwice second records, which were ignored
/// @param turnedAway exchanges that found no room, and were refused
/// @param trouble why nothing can be written to the database at the moment
/// @param refusing why nothing can be made durable at the moment, and so nothing is forwarded
/// @param journalFull whether the journal takes as much of the disk as it may
public record AuditHealth(
        int inFlight,
        int reserved,
        int capacity,
        int waiting,
        long waitingBytes,
        long capacityBytes,
        Duration lag,
        long written,
        long repaired,
        long lost,
        long failures,
        long abandoned,
        long completedTwice,
        long turnedAway,
        Optional<String> trouble,
        Optional<String> refusing,
        boolean journalFull) {

    /// Whether another exchange would find a slot, and be forwarded.
    public boolean accepting() {
        return reserved < capacity && waitingBytes <= capacityBytes && !journalFull && refusing.isEmpty();
    }

    /// How much of the room is taken, 0 to 1; at 1 no exchange finds a slot.
    public double fill() {
        if (journalFull) {
            return 1;
        }
        var slots = (double) reserved / capacity;
        var memory = (double) waitingBytes / capacityBytes;
        return Math.min(1, Math.max(slots, memory));
    }
}
