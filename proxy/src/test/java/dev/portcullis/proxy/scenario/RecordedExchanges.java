package dev.portcullis.proxy.scenario;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import org.jooq.Condition;
import org.jooq.DSLContext;

import java.util.List;
import java.util.UUID;

/// What is on record, in the order of the chain.
record RecordedExchanges(DSLContext sql) {

    /// What the record of an exchange is called, as its answer says.
    static UUID named(RawMessage answer) {
        return UUID.fromString(answer.header("portcullis-exchange").orElseThrow());
    }

    List<UUID> ids(Condition which) {
        return sql.select(EXCHANGES.ID)
                .from(EXCHANGES)
                .where(which)
                .orderBy(EXCHANGES.SEQUENCE)
                .fetch(EXCHANGES.ID);
    }

    /// A client that has its answer may be through with its next call before the first one is recorded; no record is
    /// later than that.
    void assertInOrderOfTheirEnds() {
        var ends = sql.select(EXCHANGES.COMPLETED_AT)
                .from(EXCHANGES)
                .orderBy(EXCHANGES.SEQUENCE)
                .fetch(EXCHANGES.COMPLETED_AT);
        var latest = ends.getFirst();
        for (var end : ends) {
            assertThat(end).isAfter(latest.minusSeconds(1));
            latest = end.isAfter(latest) ? end : latest;
        }
    }
}
