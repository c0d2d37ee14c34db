package dev.portcullis.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads a trail once, from its beginning to its end, and stops at the first place that is not as it was
/// written. Its memory grows with the number of chains alone.
public final class Verifier {
    /// While replicas are replaced one by one, those of an older version still write without a chain.
    private static final Duration REPLACEMENT = Duration.ofHours(1);

    private final KnownKeys keys;
    /// Each with its length before the trail was opened: a checkpoint that came later may have records that the
    /// trail, as it was at that moment, does not.
    private final Map<Path, Long> anchorFiles = new LinkedHashMap<>();
    private final Map<UUID, TrailEntry.Chain> chains = new LinkedHashMap<>();
    private final Map<UUID, Witnesses.Witness> successors = new HashMap<>();
    private final List<AnchorFile.Reader> open = new ArrayList<>();
    private Optional<ChainCheck> current = Optional.empty();
    private Optional<TrailEntry.Excerpt> excerpt = Optional.empty();
    private boolean areLinked;
    private boolean isWhole;
    private long begun;
    private long linked;
    private long dropped;
    private long leftOut;
    private long older;
    private long waiting;
    private long late;
    private long checkpoints;
    private long unsigned;
    private long anchors;
    private Optional<Instant> signedUntil = Optional.empty();

    private Verifier(List<VerificationKey> pinned, List<Path> anchorFiles) throws IOException {
        this.keys = new KnownKeys(pinned);
        for (var file : anchorFiles) {
            this.anchorFiles.put(file, Files.size(file));
        }
    }

    /// @param pinned whose signatures count; when there are none, those that the trail itself names
    /// @param anchorFiles as [AnchorFile] writes them
    /// @throws IOException when the trail or an anchor file cannot be read
    public static Report verify(Trail trail, List<VerificationKey> pinned, List<Path> anchorFiles) throws IOException {
        var verifier = new Verifier(pinned, anchorFiles);
        try {
            trail.read(verifier::accept);
            return verifier.report(
                    verifier.isWhole
                            ? Optional.empty()
                            : Optional.of(new BadPlace(Optional.empty(), 0, "", "the end of the trail is missing")));
        } catch (BadPlace.Found e) {
            return verifier.report(Optional.of(e.place()));
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            verifier.closeAnchors();
        }
    }

    private void accept(TrailEntry entry) {
        if (!areLinked
                && !(entry instanceof TrailEntry.Excerpt
                        || entry instanceof TrailEntry.Key
                        || entry instanceof TrailEntry.Chain)) {
            areLinked = true;
            checkPredecessors();
        }
        switch (entry) {
            case TrailEntry.Excerpt found -> {
                if (areLinked || excerpt.isPresent() || !chains.isEmpty()) {
                    throw BadPlace.nowhere("", "an excerpt begins in the midst of it");
                }
                excerpt = Optional.of(found);
            }
            case TrailEntry.LeftOut(var first, var last) -> {
                checkOf(last, "what was left out").leftOut(first, last);
                leftOut += last.sequence() - first + 1;
            }
            case TrailEntry.Key(var key, var _) -> keys.offer(key);
            case TrailEntry.Chain chain -> announce(chain);
            case TrailEntry.Begin(var chain) -> begin(chain);
            case TrailEntry.Entry record ->
                record.link().ifPresentOrElse(link -> linked(record, link), () -> unlinked(record));
            case TrailEntry.Signed(var checkpoint) -> {
                checkOf(checkpoint.at(), "the checkpoint of " + checkpoint.madeAt())
                        .checkpoint(checkpoint);
                checkpoints++;
                signedUntil = signedUntil
                        .filter(newest -> newest.isAfter(checkpoint.madeAt()))
                        .or(() -> Optional.of(checkpoint.madeAt()));
            }
            case TrailEntry.Dropped(var cut) -> {
                checkOf(cut.last(), "a cut").cut(cut);
                dropped += cut.last().sequence() - cut.first() + 1;
            }
            case TrailEntry.End() -> {
                endChain();
                checkAllBegun();
                if (excerpt.isEmpty()) {
                    checkAnchoredChains();
                }
                isWhole = true;
            }
        }
    }

    private void announce(TrailEntry.Chain chain) {
        var start = chain.start();
        chains.put(start.chain(), chain);
        start.predecessor()
                .ifPresent(left -> successors.put(
                        left.chain(), new Witnesses.Witness(left, "the chain " + start.chain() + " after it")));
    }

    /// Once all are known: where a clock was set back, a chain stands before the one that its writer left for it.
    private void checkPredecessors() {
        if (excerpt.isPresent()) {
            return;
        }
        for (var chain : chains.values()) {
            var start = chain.start();
            start.predecessor()
                    .filter(left -> !chains.containsKey(left.chain()))
                    .ifPresent(left -> {
                        throw BadPlace.at(
                                left.chain(),
                                1,
                                "",
                                "the whole chain is missing: chain " + start.chain() + " came after it");
                    });
        }
    }

    private void begin(UUID id) {
        endChain();
        var chain = Optional.ofNullable(chains.get(id))
                .orElseThrow(() -> BadPlace.at(id, 0, "", "the chain itself is missing"));
        var witnesses = new Witnesses(Optional.ofNullable(successors.get(id)), anchorsOf(id));
        current = Optional.of(new ChainCheck(chain, keys, witnesses, excerpt.isPresent()));
        begun++;
    }

    private void linked(TrailEntry.Entry record, Link link) {
        checkOf(link, record.id()).record(record, link);
        linked++;
    }

    private ChainCheck checkOf(Link link, String what) {
        if (!chains.containsKey(link.chain())) {
            throw BadPlace.at(link, what, "the chain itself is missing");
        }
        return current.orElseThrow(() -> BadPlace.at(link, what, "it stands outside of its chain"));
    }

    /// Nothing can be said of records of older versions, but that no record is written like that any more.
    private void unlinked(TrailEntry.Entry record) {
        if (record.subject() == Subject.ADMIN_EVENT) {
            waiting++;
            return;
        }
        var end = chainless(record.writer());
        if (end.filter(moment -> !record.occurredAt().isBefore(moment)).isPresent()) {
            throw BadPlace.nowhere(
                    record.id(),
                    "the record of " + record.occurredAt() + " is in no chain, though all are since " + end.get()
                            + ": it was inserted");
        }
        older++;
    }

    /// Until when a replica may have written without a chain.
    private Optional<Instant> chainless(String writer) {
        var starts = chains.values().stream()
                .map(TrailEntry.Chain::start)
                .filter(start -> start.subject() == Subject.EXCHANGE)
                .toList();
        return starts.stream()
                .filter(start -> start.replica().equals(writer))
                .map(ChainStart::startedAt)
                .min(Instant::compareTo)
                .or(() -> starts.stream()
                        .map(ChainStart::startedAt)
                        .min(Instant::compareTo)
                        .map(first -> first.plus(REPLACEMENT)));
    }

    private void endChain() {
        current.ifPresent(check -> {
            unsigned += check.end();
            late += check.late();
        });
        current = Optional.empty();
        closeAnchors();
    }

    private void checkAllBegun() {
        if (begun != chains.size()) {
            throw BadPlace.nowhere("", "chains are announced whose records are missing");
        }
    }

    private List<Iterator<Witnesses.Witness>> anchorsOf(UUID chain) {
        var all = new ArrayList<Iterator<Witnesses.Witness>>();
        for (var file : anchorFiles.keySet()) {
            var reader = reader(file, chain.toString());
            all.add(new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return reader.hasNext();
                }

                @Override
                public Witnesses.Witness next() {
                    var anchor = reader.next();
                    var where = "the anchor of " + anchor.madeAt() + " in " + file.getFileName();
                    keys.check(anchor, where);
                    anchors++;
                    return new Witnesses.Witness(anchor.at(), where);
                }
            });
        }
        return all;
    }

    /// A chain of which nothing is left in the trail.
    private void checkAnchoredChains() {
        for (var file : anchorFiles.keySet()) {
            var reader = reader(file, "");
            while (reader.hasNext()) {
                var anchor = reader.next();
                if (!chains.containsKey(anchor.at().chain())) {
                    throw BadPlace.at(
                            anchor.at().chain(),
                            1,
                            "",
                            "the whole chain is missing: the anchor of " + anchor.madeAt() + " in " + file.getFileName()
                                    + " has it");
                }
            }
        }
    }

    private AnchorFile.Reader reader(Path file, String wanted) {
        try {
            var reader = new AnchorFile.Reader(file, anchorFiles.getOrDefault(file, 0L), wanted);
            open.add(reader);
            return reader;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private void closeAnchors() {
        for (var reader : open) {
            try {
                reader.close();
            } catch (IOException ignored) {
                // All that was wanted has been read.
            }
        }
        open.clear();
    }

    private Report report(Optional<BadPlace> bad) {
        return new Report(
                chains.size(),
                linked,
                dropped,
                leftOut,
                older,
                waiting,
                late,
                checkpoints,
                unsigned,
                anchors,
                signedUntil,
                excerpt,
                bad);
    }
}
