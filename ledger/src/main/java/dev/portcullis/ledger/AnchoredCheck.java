package dev.portcullis.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Compares what was anchored with the checkpoints of a trail, of which both say the same in the same order.
///
/// The first that does not fit ends it: those behind it cannot be told apart from it any more.
final class AnchoredCheck {
    private final BufferedReader lines;
    private final Set<String> places = new HashSet<>();
    private long fitting;
    private Optional<Anchored> next;
    private Optional<String> bad = Optional.empty();

    /// @param lines as [Anchored#json] writes them, by the chain's beginning and the place in it; closed by whoever
    ///     opened them
    AnchoredCheck(BufferedReader lines) {
        this.lines = lines;
        this.next = following();
    }

    /// The next checkpoint of the trail.
    void accept(Checkpoint checkpoint) {
        while (bad.isEmpty() && next.isPresent()) {
            var anchored = next.get();
            var at = place(anchored);
            if (at.isEmpty() || !isAbout(at.get(), checkpoint)) {
                return;
            }
            if (!anchored.checkpoint().equals(checkpoint.json())) {
                bad = Optional.of(
                        anchored + " is not the checkpoint " + checkpoint.at().sequence() + " of chain "
                                + checkpoint.at().chain() + " in this archive: one of them was changed");
                return;
            }
            fitting++;
            places.add(anchored.place());
            next = following();
        }
    }

    private static boolean isAbout(Link place, Checkpoint checkpoint) {
        return place.chain().equals(checkpoint.at().chain())
                && place.sequence() == checkpoint.at().sequence();
    }

    /// The trail has come to its end.
    ///
    /// @return what does not fit, as a sentence without its end
    Optional<String> end() {
        return bad.or(() -> next.map(anchored -> place(anchored)
                .map(at -> anchored + " has the checkpoint " + at.sequence() + " of chain " + at.chain()
                        + ", which is missing in this archive")
                .orElse(anchored + " is no checkpoint")));
    }

    /// How many checkpoints are where they were anchored.
    long fitting() {
        return fitting;
    }

    /// At how many places.
    int places() {
        return places.size();
    }

    private static Optional<Link> place(Anchored anchored) {
        try {
            return Optional.of(Checkpoint.read(anchored.checkpoint()).at());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Anchored> following() {
        try {
            return Optional.ofNullable(lines.readLine()).map(Anchored::read);
        } catch (IllegalArgumentException e) {
            bad = Optional.of("a line of " + EvidenceManifest.ANCHORS + " is none: " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
