package dev.portcullis.ledger;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENT_LINKS;
import static dev.portcullis.database.audit.Tables.CHAINS;
import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.database.audit.tables.records.ChainsRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The chain that a process appends to. It remembers where the chain is; when the database says something
/// else, then somebody took records away or writes in its place, and it begins another chain that says so,
/// instead of going on as if nothing had happened.
///
/// Safe for all threads. What is appended counts once [#committed] was called; until then both outcomes of
/// the transaction are possible.
public final class GrowingChain {
    private final Subject subject;
    private final String replica;
    private final Clock clock;
    private final Consumer<String> alarm;
    private final UUID writer = UUID.randomUUID();
    private Optional<Link> known = Optional.empty();
    private Optional<Link> attempted = Optional.empty();

    /// @param replica who writes; a chain goes on when a process of the same name starts
    /// @param alarm is told why a chain could not go on, or does not have what it had
    public GrowingChain(Subject subject, String replica, Clock clock, Consumer<String> alarm) {
        this.subject = subject;
        this.replica = replica;
        this.clock = clock;
        this.alarm = alarm;
    }

    /// Gives each record its place, and moves the chain's head, in the transaction that writes the records.
    ///
    /// @param records in canonical form
    public synchronized List<Link> append(DSLContext sql, List<byte[]> records) {
        var at = locate(sql);
        var links = new ArrayList<Link>(records.size());
        for (var record : records) {
            at = at.next(record);
            links.add(at);
        }
        sql.update(CHAINS)
                .set(CHAINS.SEQUENCE, at.sequence())
                .set(CHAINS.HASH, at.hash())
                .where(CHAINS.CHAIN.eq(at.chain()))
                .execute();
        attempted = Optional.of(at);
        return links;
    }

    /// Says that the transaction of the last [#append] is committed.
    public synchronized void committed() {
        known = attempted.or(() -> known);
        attempted = Optional.empty();
    }

    /// Looks whether the transaction of the last [#append] is committed, where its acknowledgement got lost.
    public synchronized void confirm(DSLContext sql) {
        attempted
                .filter(at ->
                        row(sql, at.chain()).filter(kept -> isAt(kept, at)).isPresent())
                .ifPresent(_ -> committed());
    }

    /// Where the chain has surely come to; empty before the first record.
    public synchronized Optional<Link> head() {
        return known.filter(link -> link.sequence() > 0);
    }

    /// Whether nobody else has taken the chain over.
    boolean isWrittenHere(DSLContext sql) {
        return head().flatMap(at -> row(sql, at.chain()))
                .filter(row -> row.getWriter().equals(writer))
                .isPresent();
    }

    /// Somebody noticed that the trail is not as it should be.
    void raise(String reason) {
        alarm.accept(reason);
    }

    /// Looks whether the database still has what was written, and raises the alarm when it does not.
    public void inspect(DSLContext sql) {
        head().filter(link -> !isThere(sql, link))
                .ifPresent(link -> alarm.accept("the database does not have record " + link.sequence() + " of chain "
                        + link.chain() + " any more as it was written"));
    }

    private Link locate(DSLContext sql) {
        for (var candidate : Stream.concat(attempted.stream(), known.stream()).toList()) {
            var row = row(sql, candidate.chain());
            if (row.filter(kept -> isAt(kept, candidate)).isPresent()) {
                known = Optional.of(candidate);
                attempted = Optional.empty();
                return candidate;
            }
        }
        return known.map(left -> begin(sql, left, reason(sql, left))).orElseGet(() -> claim(sql));
    }

    private boolean isAt(ChainsRecord row, Link link) {
        return row.getWriter().equals(writer) && head(row).equals(link);
    }

    private String reason(DSLContext sql, Link left) {
        return row(sql, left.chain())
                .map(row -> row.getWriter().equals(writer)
                        ? "the chain in the database is at " + row.getSequence() + " and not at " + left.sequence()
                                + " as it was written: somebody changed the audit trail"
                        : "another process writes as " + replica + ": give each replica a name of its own")
                .orElse("the chain is not in the database any more: somebody changed the audit trail");
    }

    /// Goes on where the process before this one stopped, when its last record is there.
    private Link claim(DSLContext sql) {
        var last = sql.selectFrom(CHAINS)
                .where(CHAINS.REPLICA.eq(replica), CHAINS.SUBJECT.eq(subject.wireName()))
                // By links: clocks are set back.
                .orderBy(hasSuccessor(), CHAINS.STARTED_AT.desc(), CHAINS.CHAIN)
                .limit(1)
                .forUpdate()
                .fetchOptional();
        if (last.isEmpty()) {
            return begin(sql, Optional.empty());
        }
        var left = head(last.get());
        if (!last.get().getForm().equals(ChainStart.FORM)) {
            return begin(sql, Optional.of(left));
        }
        if (left.sequence() > 0 && !isThere(sql, left)) {
            return begin(
                    sql, left, "its last record, " + left.sequence() + ", is not in the database as it was written");
        }
        sql.update(CHAINS)
                .set(CHAINS.WRITER, writer)
                .where(CHAINS.CHAIN.eq(left.chain()))
                .execute();
        return left;
    }

    private static Condition hasSuccessor() {
        var later = CHAINS.as("later");
        return DSL.exists(DSL.selectOne().from(later).where(later.PREDECESSOR.eq(CHAINS.CHAIN)));
    }

    private Link begin(DSLContext sql, Link left, String reason) {
        alarm.accept("chain " + left.chain() + " ends, another one begins: " + reason);
        return begin(sql, Optional.of(left));
    }

    private Link begin(DSLContext sql, Optional<Link> left) {
        var start = new ChainStart(UUID.randomUUID(), subject, replica, clock.instant(), left);
        Chains.insert(sql, start, writer);
        return start.link();
    }

    private static Link head(ChainsRecord row) {
        return new Link(row.getChain(), row.getSequence(), row.getHash());
    }

    private static Optional<ChainsRecord> row(DSLContext sql, UUID chain) {
        return sql.selectFrom(CHAINS).where(CHAINS.CHAIN.eq(chain)).forUpdate().fetchOptional();
    }

    private boolean isThere(DSLContext sql, Link link) {
        return Cuts.has(sql, link)
                || switch (subject) {
                    case EXCHANGE ->
                        sql.fetchExists(
                                EXCHANGES,
                                EXCHANGES.CHAIN.eq(link.chain()),
                                EXCHANGES.SEQUENCE.eq(link.sequence()),
                                EXCHANGES.HASH.eq(link.hash()));
                    case ADMIN_EVENT ->
                        sql.fetchExists(
                                ADMIN_EVENT_LINKS,
                                ADMIN_EVENT_LINKS.CHAIN.eq(link.chain()),
                                ADMIN_EVENT_LINKS.SEQUENCE.eq(link.sequence()),
                                ADMIN_EVENT_LINKS.HASH.eq(link.hash()));
                };
    }
}
