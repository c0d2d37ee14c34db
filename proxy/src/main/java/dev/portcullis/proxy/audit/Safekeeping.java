package dev.portcullis.proxy.audit;

import dev.portcullis.policy.Eventual;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What keeps records from before their exchanges are forwarded until PostgreSQL has them.
///
/// Nothing but [#settle] and [#close] waits.
interface Safekeeping {
    /// Keeps what is known of an exchange before it is forwarded.
    ///
    /// @return whether that is safe, so that it may be forwarded; on a thread that must not wait
    Eventual<Boolean> admit(AuditRecord intent);

    /// Keeps the record of an exchange that ended, in the place of what [#admit] kept of it, and hands it to the
    /// backlog.
    void complete(AuditRecord record);

    /// PostgreSQL has these records.
    void committed(List<UUID> exchanges);

    /// How it is doing.
    State state();

    /// Whether what PostgreSQL does not have when the process ends is lost.
    boolean isLostWithTheProcess();

    /// Waits until everything completed so far is in the backlog, at most for `patience`.
    void settle(Duration patience) throws InterruptedException;

    /// Lets go of what it uses. Nothing may be asked of it afterwards.
    void close();

    /// How it is doing at one moment.
    ///
    /// @param records how many it keeps, beside the backlog
    /// @param bytes how much of a disk they take
    /// @param isFull whether it takes no more
    /// @param failures how often it broke
    /// @param trouble why nothing can be kept, and nothing is forwarded
    /// @param unreadable how many others left that only another version of the gateway can record
    record State(int records, long bytes, boolean isFull, long failures, Optional<String> trouble, int unreadable) {
        static final State NOTHING = new State(0, 0, false, 0, Optional.empty(), 0);
    }
}
