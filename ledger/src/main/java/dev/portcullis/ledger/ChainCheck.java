package dev.portcullis.ledger;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Follows one chain from its start to its head.
final class ChainCheck {
    /// An event's time is its transaction's beginning, and transactions end in another order.
    private static final Duration LATEST = Duration.ofHours(1);

    private final TrailEntry.Chain chain;
    private final KnownKeys keys;
    private final Witnesses witnesses;
    private final boolean isExcerpt;
    private Link at;
    /// The last place that somebody says something of: a record is there, or a cut.
    private long told;
    private boolean isSomethingLeftOut;
    private Optional<Checkpoint> lastSigned = Optional.empty();
    private long late;

    /// @param isExcerpt whether the trail may leave records out, and end before the chain does
    ChainCheck(TrailEntry.Chain chain, KnownKeys keys, Witnesses witnesses, boolean isExcerpt) {
        this.chain = chain;
        this.keys = keys;
        this.witnesses = witnesses;
        this.isExcerpt = isExcerpt;
        this.at = chain.start().link();
        if (!chain.form().equals(ChainStart.FORM)) {
            throw BadPlace.at(at, "", "its form is " + chain.form() + ", which this version does not know");
        }
    }

    void record(TrailEntry.Entry record, Link link) {
        if (!link.chain().equals(at.chain())
                || record.subject() != chain.start().subject()) {
            throw BadPlace.at(link, record.id(), "the record is of another chain");
        }
        if (link.sequence() <= at.sequence()) {
            throw BadPlace.at(
                    link,
                    record.id(),
                    "the place has another record already, or one that was dropped: this was inserted");
        }
        if (link.sequence() > at.sequence() + 1) {
            throw missing(link.sequence() - 1, "record " + link.sequence() + " comes after them");
        }
        var computed = at.next(CanonicalRecord.bytes(record.subject(), record.json()));
        if (!computed.equals(link)) {
            throw BadPlace.at(
                    link,
                    record.id(),
                    "the record does not fit behind the one before it: it was changed, inserted or moved");
        }
        at = link;
        told = at.sequence();
        witnesses.check(at);
        noteTime(record);
    }

    /// Exchanges are linked when they end, however long they take; admin events soon after they happen.
    private void noteTime(TrailEntry.Entry record) {
        var isLate = lastSigned
                .filter(before -> before.madeAt().minus(LATEST).isAfter(record.occurredAt()))
                .isPresent();
        if (isLate && record.subject() == Subject.ADMIN_EVENT) {
            late++;
        }
    }

    /// How many admin events happened long before the checkpoint that they came after, as they say.
    long late() {
        return late;
    }

    /// What comes next has the hash of these, or fits behind it; otherwise that is where it is found.
    void leftOut(long first, Link last) {
        if (!isExcerpt || first != at.sequence() + 1 || last.sequence() < first) {
            throw BadPlace.at(last, "", "records are said to be left out where that cannot be");
        }
        at = last;
        isSomethingLeftOut = true;
        witnesses.skipTo(at);
    }

    /// May be about records that were left out, too.
    void cut(Cut cut) {
        keys.check(cut);
        if (cut.first() <= told) {
            throw BadPlace.at(cut.chain(), cut.first(), "", "records are there that are said to be dropped");
        }
        if (cut.first() > at.sequence() + 1) {
            throw missing(cut.first() - 1, "what comes after them was dropped by retention, they were not");
        }
        told = cut.last().sequence();
        if (told > at.sequence()) {
            at = cut.last();
            witnesses.skipTo(at);
        }
    }

    void checkpoint(Checkpoint checkpoint) {
        var place = checkpoint.at();
        keys.check(checkpoint, "the checkpoint of " + checkpoint.madeAt());
        if (place.sequence() > at.sequence()) {
            throw missing(place.sequence(), "the checkpoint of " + checkpoint.madeAt() + " has them");
        }
        if (place.sequence() == at.sequence() && !place.equals(at)) {
            throw BadPlace.at(
                    place, "", "the checkpoint of " + checkpoint.madeAt() + " has another hash: records were replaced");
        }
        if (lastSigned.isEmpty() && isSomethingLeftOut) {
            lastSigned = Optional.of(checkpoint);
            return;
        }
        var isNext = lastSigned
                .map(before -> checkpoint.previous().filter(digest -> Arrays.equals(digest, before.digest())))
                .map(Optional::isPresent)
                .orElse(checkpoint.previous().isEmpty());
        long since = place.sequence()
                - lastSigned.map(before -> before.at().sequence()).orElse(0L);
        if (!isNext || checkpoint.records() != since) {
            throw BadPlace.at(place, "", "a checkpoint before that of " + checkpoint.madeAt() + " is missing");
        }
        lastSigned = Optional.of(checkpoint);
    }

    /// Nothing comes any more.
    ///
    /// @return how many records no checkpoint is for yet
    long end() {
        var head = chain.head();
        if (head.sequence() > at.sequence()) {
            throw missing(head.sequence(), "the chain's head has them");
        }
        if (isExcerpt ? head.sequence() == at.sequence() && !head.equals(at) : !head.equals(at)) {
            throw BadPlace.at(
                    at, "", "the chain's head is " + head.sequence() + ": records came after it, or it was changed");
        }
        if (!isExcerpt) {
            witnesses.end(at);
        }
        return at.sequence() - lastSigned.map(last -> last.at().sequence()).orElse(0L);
    }

    private BadPlace.Found missing(long last, String because) {
        long first = at.sequence() + 1;
        return BadPlace.at(
                at.chain(),
                first,
                "",
                (first == last
                                ? "record " + first + " is missing"
                                : "records " + first + " to " + last + " are missing")
                        + ": " + because);
    }
}
