package dev.portcullis.proxy.catalog;

import dev.portcullis.policy.ListedTool;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A definition that some list has given a tool, here or at another replica. Safe for all threads.
final class KnownDefinition {
    private final ListedTool tool;
    private final Instant firstSeen;
    private final AtomicReference<Instant> lastSeen;
    private final AtomicLong unsaved = new AtomicLong();

    KnownDefinition(ListedTool tool, Instant firstSeen, Instant lastSeen) {
        this.tool = tool;
        this.firstSeen = firstSeen;
        this.lastSeen = new AtomicReference<>(lastSeen);
    }

    ListedTool tool() {
        return tool;
    }

    String hash() {
        return tool.definition().orElseThrow();
    }

    /// Whether some list has had it since `other` came up.
    boolean outlives(KnownDefinition other) {
        return !lastSeen().isBefore(other.firstSeen);
    }

    Instant lastSeen() {
        return lastSeen.get();
    }

    /// A list here has it.
    void listed(Instant at) {
        noted(at);
        unsaved.incrementAndGet();
    }

    /// A list somewhere had it.
    void noted(Instant at) {
        lastSeen.accumulateAndGet(at, (known, seen) -> seen.isAfter(known) ? seen : known);
    }

    /// How many lists had it since this was last asked; absent when none had.
    Optional<Long> takeUnsaved() {
        var listings = unsaved.getAndSet(0);
        return listings == 0 ? Optional.empty() : Optional.of(listings);
    }

    /// Takes back what could not be saved.
    void keepUnsaved(long listings) {
        unsaved.addAndGet(listings);
    }
}
