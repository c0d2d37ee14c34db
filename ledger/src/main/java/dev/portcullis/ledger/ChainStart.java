package dev.portcullis.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// How a chain begins. Its first hash covers all of this, so that records of one chain fit into no other.
///
/// @param replica who writes it
/// @param startedAt to the microsecond
/// @param predecessor where its writer had come to in the chain that it left for this one
public record ChainStart(UUID chain, Subject subject, String replica, Instant startedAt, Optional<Link> predecessor) {
    /// The form that records are hashed in.
    public static final String FORM = "v1";

    public ChainStart {
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /// The place before the first record.
    public Link link() {
        var statement = new Statement()
                .with("chain", chain)
                .with("subject", subject.wireName())
                .with("replica", replica)
                .with("started_at", startedAt);
        predecessor.ifPresent(left -> statement
                .with("predecessor", left.chain())
                .with("predecessor_sequence", left.sequence())
                .with("predecessor_hash", left.hash()));
        return new Link(chain, 0, Statement.sha256().digest(statement.bytes("chain-" + FORM)));
    }
}
