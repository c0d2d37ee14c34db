package dev.portcullis.proxy.audit;

import static dev.portcullis.database.audit.Tables.ANCHORINGS;

import dev.portcullis.ledger.Checkpoint;
import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Notes in the database which checkpoints an [Anchor] has kept, so that evidence can say where to look for them.
///
/// What cannot be noted is tried again with the next one; at most a thousand wait, and one more gives up the oldest: it
/// is kept all the same, and only not told of. For one thread.
final class AnchoringNotes implements Consumer<Checkpoint> {
    private static final Logger LOG = LoggerFactory.getLogger(AnchoringNotes.class);
    private static final int MOST = 1_000;

    private final Database database;
    private final String place;
    private final Clock clock;
    private final Deque<Note> waiting = new ArrayDeque<>();

    /// @param place where they are kept, for people; without secrets
    AnchoringNotes(Database database, String place, Clock clock) {
        this.database = database;
        this.place = place;
        this.clock = clock;
    }

    private record Note(Checkpoint checkpoint, OffsetDateTime at) {}

    @Override
    public void accept(Checkpoint kept) {
        if (waiting.size() == MOST) {
            waiting.removeFirst();
        }
        waiting.addLast(new Note(kept, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
        try (var connection = database.connect()) {
            var sql = DSL.using(connection, SQLDialect.POSTGRES);
            while (!waiting.isEmpty()) {
                note(sql, waiting.getFirst());
                waiting.removeFirst();
            }
        } catch (SQLException | DataAccessException e) {
            LOG.atWarn()
                    .addKeyValue("anchor", place)
                    .addKeyValue("reason", e.toString())
                    .log("it cannot be noted now that a checkpoint was anchored");
        }
    }

    private void note(DSLContext sql, Note note) {
        var at = note.checkpoint().at();
        sql.insertInto(ANCHORINGS)
                .set(ANCHORINGS.CHAIN, at.chain())
                .set(ANCHORINGS.SEQUENCE, at.sequence())
                .set(ANCHORINGS.PLACE, place)
                .set(ANCHORINGS.MADE_AT, note.checkpoint().madeAt().atOffset(ZoneOffset.UTC))
                .set(ANCHORINGS.ANCHORED_AT, note.at())
                .set(ANCHORINGS.CHECKPOINT, note.checkpoint().json())
                .onConflictDoNothing()
                .execute();
    }
}
