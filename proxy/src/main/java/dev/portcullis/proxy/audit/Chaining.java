package dev.portcullis.proxy.audit;

import dev.portcullis.database.audit.tables.records.ExchangesRecord;
import org.jooq.DSLContext;

import java.util.List;

/// What is done to rows in the transaction that inserts them, just before: each of them will be inserted, and none
/// is there already.
@FunctionalInterface
interface Chaining {
    void append(DSLContext sql, List<ExchangesRecord> rows);

    /// Leaves rows as they are.
    static Chaining none() {
        return (sql, rows) -> {};
    }
}
