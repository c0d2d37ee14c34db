package dev.portcullis.console.sinks.store;

import dev.portcullis.console.sinks.Gap;
import dev.portcullis.ledger.Cuts;
import org.jooq.DSLContext;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Tells what retention dropped from what is lost, in one transaction.
final class ExplainedGaps {
    private final DSLContext sql;
    private final List<Gap> gaps = new ArrayList<>();

    /// To be asked after the records: whoever drops some says so in the same transaction.
    ExplainedGaps(DSLContext sql) {
        this.sql = sql;
    }

    /// Adds what is missing, in pieces: one for each cut that has some of it, and one for each run that none has.
    void add(UUID chain, long first, long last) {
        var next = first;
        for (var cut : Cuts.signed(sql, chain, first, last)) {
            if (cut.first() > next) {
                gaps.add(new Gap(chain, next, cut.first() - 1, Optional.empty()));
                next = cut.first();
            }
            var end = Math.min(last, cut.last().sequence());
            if (end >= next) {
                gaps.add(new Gap(chain, next, end, Optional.of(cut)));
                next = end + 1;
            }
        }
        if (next <= last) {
            gaps.add(new Gap(chain, next, last, Optional.empty()));
        }
    }

    List<Gap> all() {
        return List.copyOf(gaps);
    }
}
