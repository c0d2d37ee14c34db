package dev.portcullis.console.tools.store;

import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.jooq.impl.DSL.currentOffsetDateTime;
import static org.jooq.impl.DSL.row;

import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Map;

import javax.sql.DataSource;

/// Marks definitions that somebody accepted, so that they are kept to compare others with.
@Repository
public class ToolStore {
    private final DSLContext sql;

    public ToolStore(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    /// @param definitions by the tool's name
    public void markReviewed(String route, Map<String, String> definitions) {
        sql.update(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.REVIEWED_AT, currentOffsetDateTime())
                .where(TOOL_DEFINITIONS.ROUTE.eq(route))
                .and(row(TOOL_DEFINITIONS.TOOL, TOOL_DEFINITIONS.DEFINITION)
                        .in(definitions.entrySet().stream()
                                .map(one -> row(one.getKey(), one.getValue()))
                                .toList()))
                .execute();
    }
}
