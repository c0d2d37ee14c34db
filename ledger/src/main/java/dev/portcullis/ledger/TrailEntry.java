package dev.portcullis.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One thing that a [Trail] says, in this order: that it is an excerpt, when it is; keys; every chain; what belongs to
/// none of them; then, chain by
/// chain in the order in which they began, cuts, records and checkpoints by their place, a checkpoint after
/// its record; at last the end.
public sealed interface TrailEntry {

    /// What follows is not the whole trail, but what it has of `[from, to)`.
    record Excerpt(Instant from, Instant to) implements TrailEntry {}

    /// A public key that the trail itself names.
    record Key(VerificationKey key, String owner) implements TrailEntry {}

    /// A chain, and where it is said to have come to.
    ///
    /// @param form the version of the canonical form
    record Chain(ChainStart start, String form, Link head) implements TrailEntry {}

    /// A record in canonical form.
    ///
    /// @param link its place; absent in records of versions without chains
    /// @param writer the replica's name
    record Entry(Subject subject, Optional<Link> link, String id, Instant occurredAt, String writer, String json)
            implements TrailEntry {}

    record Signed(Checkpoint checkpoint) implements TrailEntry {}

    record Dropped(Cut cut) implements TrailEntry {}

    /// Records of a chain that an excerpt does not have. What comes after them shows whether the hash is right.
    ///
    /// @param last the place and the hash of the last one
    record LeftOut(long first, Link last) implements TrailEntry {}

    /// What follows belongs to this chain.
    record Begin(UUID chain) implements TrailEntry {}

    /// All has been said.
    record End() implements TrailEntry {}
}
