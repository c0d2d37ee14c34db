package dev.portcullis.console.evidence.query;

import static dev.portcullis.database.audit.Tables.ADMIN_EVENTS;

import dev.portcullis.console.events.AdminEvent;
import dev.portcullis.console.evidence.MadeEvidence;
import dev.portcullis.database.audit.tables.records.AdminEventsRecord;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.sql.DataSource;

/// Reads which archives were made, from the admin events that tell of them.
@Repository
public class MadeEvidenceQuery {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext sql;

    public MadeEvidenceQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// The newest first.
    public List<MadeEvidence> newest(int limit) {
        var created = sql.selectFrom(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.EVENT.eq(AdminEvent.EVIDENCE_CREATED), ADMIN_EVENTS.SUBJECT.isNotNull())
                .orderBy(ADMIN_EVENTS.OCCURRED_AT.desc(), ADMIN_EVENTS.ID.desc())
                .limit(limit)
                .fetch();
        if (created.isEmpty()) {
            return List.of();
        }
        Map<String, JsonNode> ended = sql
                .selectFrom(ADMIN_EVENTS)
                .where(ADMIN_EVENTS.EVENT.eq(AdminEvent.EVIDENCE_ENDED))
                .and(ADMIN_EVENTS.SUBJECT.in(created.getValues(ADMIN_EVENTS.SUBJECT)))
                .and(ADMIN_EVENTS.OCCURRED_AT.ge(created.getLast().getOccurredAt()))
                .fetch()
                .stream()
                .collect(Collectors.toMap(
                        AdminEventsRecord::getSubject,
                        row -> JSON.readTree(row.getDetail().data()),
                        (first, _) -> first));
        return created.map(row -> made(row, Optional.ofNullable(ended.get(row.getSubject()))));
    }

    private static MadeEvidence made(AdminEventsRecord row, Optional<JsonNode> end) {
        var detail = JSON.readTree(row.getDetail().data());
        return new MadeEvidence(
                row.getSubject(),
                row.getOccurredAt(),
                row.getActor(),
                detail.path("from").asString(),
                detail.path("to").asString(),
                detail.path("arguments").asString().equals("true"),
                text(detail, "reason"),
                end.map(said -> said.path("complete").asString().equals("true")),
                end.flatMap(said -> text(said, "manifest")));
    }

    private static Optional<String> text(JsonNode detail, String name) {
        return detail.hasNonNull(name) ? Optional.of(detail.path(name).asString()) : Optional.empty();
    }
}
