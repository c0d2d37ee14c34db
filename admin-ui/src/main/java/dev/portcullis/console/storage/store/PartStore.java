package dev.portcullis.console.storage.store;

import dev.portcullis.console.storage.Part;
import dev.portcullis.console.storage.Retention;
import dev.portcullis.console.storage.StorageSettings.Period;
import dev.portcullis.console.storage.query.PartQuery;
import dev.portcullis.console.storage.query.RetentionQuery;
import dev.portcullis.database.LongWork;
import dev.portcullis.ledger.Cuts;
import dev.portcullis.ledger.SigningKey;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Makes and drops parts of the trail, with the functions that the database has for it.
///
/// None of it waits long for a lock, because everybody who wants to read or write the trail would wait
/// behind it; and none of it is done while another console is at it.
@Repository
public class PartStore {
    private final DSLContext sql;
    private final SigningKey key;

    /// @param key signs what was dropped, so that nobody else can say so
    public PartStore(DataSource database, SigningKey key) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
        this.key = key;
    }

    /// Makes what is missing up to a day.
    ///
    /// @return their names; none when another console is at it
    public List<String> make(Period period, LocalDate last) {
        return sql.transactionResult(transaction -> begin(transaction.dsl())
                ? transaction
                        .dsl()
                        .fetchValues(
                                "select made::text from audit.make_parts(?, ?::date) made",
                                period.unit(),
                                last.toString())
                        .stream()
                        .map(String::valueOf)
                        .toList()
                : List.of());
    }

    /// Drops a part, and leaves its cuts, which it signs, and an admin event.
    ///
    /// @param ofFile the retention where the configuration file sets it; otherwise that counts which admins have
    ///     set, and it cannot change meanwhile
    /// @return how many records went; empty when it is not old enough, or another console is at it
    public Optional<Long> drop(Part part, Optional<Retention> ofFile, OffsetDateTime now, String actor, String reason) {
        return sql.transactionResult(transaction -> {
            var own = transaction.dsl();
            own.connection(LongWork::allow);
            if (!begin(own)) {
                return Optional.empty();
            }
            var retention = ofFile.orElseGet(() -> RetentionQuery.settled(transaction));
            if (!isOver(part, retention, now, own)) {
                return Optional.empty();
            }
            var records = own.fetchSingle("select audit.drop_part(?, ?, ?)", part.name(), actor, reason)
                    .get(0, Long.class);
            Cuts.sign(own, key, "console");
            return Optional.of(records);
        });
    }

    /// When it matters whose records it has, they are looked for once nobody can add to them.
    private static boolean isOver(Part part, Retention retention, OffsetDateTime now, DSLContext transaction) {
        var ends = part.ends().orElseThrow();
        if (!retention.mayBeOver(ends, now)) {
            return false;
        }
        if (retention.isOverForAll(ends, now)) {
            return true;
        }
        // The lock that the function takes itself before it counts; whoever reads goes on.
        transaction.execute("lock table audit.{0} in share mode", DSL.name(part.name()));
        return retention.isOver(ends, PartQuery.organizations(transaction, part), now);
    }

    private static boolean begin(DSLContext transaction) {
        transaction.execute("set local lock_timeout = '3s'");
        return transaction
                .fetchSingle("select pg_try_advisory_xact_lock(8241360117750318977)")
                .get(0, boolean.class);
    }
}
