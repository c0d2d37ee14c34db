package dev.portcullis.console.storage.query;

import static dev.portcullis.database.gateway.Tables.LEGAL_HOLDS;
import static org.jooq.Records.mapping;

import dev.portcullis.console.storage.LegalHold;
import org.jooq.DSLContext;
import org.jooq.Record10;
import org.jooq.SQLDialect;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import javax.sql.DataSource;

/// Reads legal holds.
@Repository
public class HoldQuery {
    private final DSLContext sql;

    public HoldQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// Those that are not released, oldest first.
    public List<LegalHold> engaged() {
        return holds().where(LEGAL_HOLDS.RELEASED_AT.isNull())
                .orderBy(LEGAL_HOLDS.PLACED_AT, LEGAL_HOLDS.ID)
                .fetch(mapping(LegalHold::new));
    }

    /// Newest first.
    public List<LegalHold> history(int limit) {
        return holds().orderBy(LEGAL_HOLDS.PLACED_AT.desc(), LEGAL_HOLDS.ID)
                .limit(limit)
                .fetch(mapping(LegalHold::new));
    }

    public Optional<LegalHold> byId(UUID id) {
        return holds().where(LEGAL_HOLDS.ID.eq(id)).fetchOptional(mapping(LegalHold::new));
    }

    private SelectJoinStep<
                    Record10<
                            UUID,
                            Optional<String>,
                            Optional<OffsetDateTime>,
                            Optional<OffsetDateTime>,
                            String,
                            String,
                            OffsetDateTime,
                            Optional<String>,
                            Optional<OffsetDateTime>,
                            Optional<String>>>
            holds() {
        return sql.select(
                        LEGAL_HOLDS.ID,
                        LEGAL_HOLDS.ORGANIZATION.convertFrom(Optional::ofNullable),
                        LEGAL_HOLDS.STARTS.convertFrom(Optional::ofNullable),
                        LEGAL_HOLDS.ENDS.convertFrom(Optional::ofNullable),
                        LEGAL_HOLDS.REASON,
                        LEGAL_HOLDS.PLACED_BY,
                        LEGAL_HOLDS.PLACED_AT,
                        LEGAL_HOLDS.RELEASED_BY.convertFrom(Optional::ofNullable),
                        LEGAL_HOLDS.RELEASED_AT.convertFrom(Optional::ofNullable),
                        LEGAL_HOLDS.RELEASE_REASON.convertFrom(Optional::ofNullable))
                .from(LEGAL_HOLDS);
    }
}
