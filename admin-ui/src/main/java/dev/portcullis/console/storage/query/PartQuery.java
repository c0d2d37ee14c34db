package dev.portcullis.console.storage.query;

import static dev.portcullis.database.audit.Tables.EXCHANGES;

import dev.portcullis.console.storage.Part;
import dev.portcullis.database.LongWork;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads what parts the trail has.
@Repository
public class PartQuery {
    /// Sizes come from the catalogue: nothing is counted but what is in no proper part, and that not for ever.
    private static final String PARTS = """
            select part.name, part.starts, part.ends,
                   case when part.starts is null
                        then (select count(*) from (select from audit.exchanges_elsewhen limit 100000) counted)
                        else (select nullif(reltuples, -1)::bigint from pg_class where oid = relation) end as records,
                   pg_total_relation_size(relation) as bytes
            from audit.parts() part cross join lateral (select ('audit.' || part.name)::regclass) of_part (relation)
            order by part.starts nulls first
            """;

    /// `query_canceled`.
    private static final String TOO_LATE = "57014";

    private final DSLContext sql;

    public PartQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// All of them, oldest first; the one of all other times is the first.
    public List<Part> parts() {
        return sql.fetch(PARTS)
                .map(row -> new Part(
                        row.get("name", String.class),
                        Optional.ofNullable(row.get("starts", OffsetDateTime.class)),
                        Optional.ofNullable(row.get("ends", OffsetDateTime.class)),
                        Optional.ofNullable(row.get("records", Long.class)),
                        row.get("bytes", long.class)));
    }

    /// Whose records a part has; an absent one stands for records of no organization. Reads all of the part.
    public List<Optional<String>> organizations(Part part) {
        return sql.transactionResult(transaction -> {
            transaction.dsl().connection(LongWork::allow);
            return organizations(transaction.dsl(), part);
        });
    }

    /// The same, unless it takes too long.
    public Optional<List<Optional<String>>> organizations(Part part, Duration patience) {
        try {
            return Optional.of(sql.transactionResult(transaction -> {
                transaction.dsl().execute("set local statement_timeout = {0}", DSL.inline(patience.toMillis()));
                return organizations(transaction.dsl(), part);
            }));
        } catch (DataAccessException e) {
            if (TOO_LATE.equals(e.sqlState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The same, as a transaction sees it.
    public static List<Optional<String>> organizations(DSLContext transaction, Part part) {
        return transaction
                .selectDistinct(EXCHANGES.ORGANIZATION)
                .from(EXCHANGES)
                .where(EXCHANGES.OCCURRED_AT.ge(part.starts().orElseThrow()))
                .and(EXCHANGES.OCCURRED_AT.lt(part.ends().orElseThrow()))
                .fetch(row -> Optional.ofNullable(row.value1()));
    }
}
