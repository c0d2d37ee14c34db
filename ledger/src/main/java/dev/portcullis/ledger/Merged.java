package dev.portcullis.ledger;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Cuts, records and checkpoints of one chain, each in order, as one sequence in order. It holds one of
/// each.
final class Merged {
    private final Supplier<Optional<TrailEntry.Dropped>> cuts;
    private final Supplier<Optional<TrailEntry.Entry>> records;
    private final Supplier<Optional<TrailEntry.Signed>> checkpoints;

    Merged(
            Supplier<Optional<TrailEntry.Dropped>> cuts,
            Supplier<Optional<TrailEntry.Entry>> records,
            Supplier<Optional<TrailEntry.Signed>> checkpoints) {
        this.cuts = cuts;
        this.records = records;
        this.checkpoints = checkpoints;
    }

    void forEach(Consumer<TrailEntry> reader) {
        var cut = cuts.get();
        var entry = records.get();
        var checkpoint = checkpoints.get();
        while (cut.isPresent() || entry.isPresent() || checkpoint.isPresent()) {
            long cutAt = cut.map(dropped -> dropped.cut().first()).orElse(Long.MAX_VALUE);
            long entryAt = entry.map(Merged::place).orElse(Long.MAX_VALUE);
            long signedAt = checkpoint
                    .map(signed -> signed.checkpoint().at().sequence())
                    .orElse(Long.MAX_VALUE);
            if (cut.isPresent() && cutAt <= entryAt && cutAt <= signedAt) {
                reader.accept(cut.get());
                cut = cuts.get();
            } else if (entry.isPresent() && entryAt <= signedAt) {
                reader.accept(entry.get());
                entry = records.get();
            } else if (checkpoint.isPresent()) {
                reader.accept(checkpoint.get());
                checkpoint = checkpoints.get();
            }
        }
    }

    private static long place(TrailEntry.Entry record) {
        return record.link().map(Link::sequence).orElse(0L);
    }
}
