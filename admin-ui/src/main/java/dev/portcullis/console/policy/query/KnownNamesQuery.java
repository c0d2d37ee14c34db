package dev.portcullis.console.policy.query;

import static dev.portcullis.database.audit.Tables.TOOL_CALLS;
import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.TOOLS;

import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.toolcalls.query.TrailWalk;
import dev.portcullis.policy.document.KnownNames;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import javax.sql.DataSource;

/// Reads which names this installation has met: tools from the catalogue, called tools, actions and groups
/// from the newest exchanges, and the groups that keys have.
@Repository
public class KnownNamesQuery {
    /// Reading more would make validation slow, and tell little more.
    private static final int NEWEST = 10_000;

    private final DSLContext sql;
    private final TrailWalk trail;

    public KnownNamesQuery(DataSource database, TrailWalk trail) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
        this.trail = trail;
    }

    public KnownNames names() {
        var called = new HashMap<String, Set<String>>();
        var actions = new HashSet<String>();
        var groups = new HashSet<String>();
        met().forEach(met -> {
            Optional.ofNullable(met.get(TOOL_CALLS.TOOL))
                    .ifPresent(tool -> Optional.ofNullable(met.get(TOOL_CALLS.ROUTE))
                            .ifPresent(route -> called.computeIfAbsent(route, _ -> new HashSet<>())
                                    .add(tool)));
            Optional.ofNullable(met.get(TOOL_CALLS.ACTION)).ifPresent(actions::add);
            Optional.ofNullable(met.get(TOOL_CALLS.CALLER_GROUPS))
                    .map(Arrays::asList)
                    .ifPresent(groups::addAll);
        });
        sql.select(API_KEYS.GROUPS)
                .from(API_KEYS)
                .where(API_KEYS.REVOKED_AT.isNull())
                .forEach(key -> groups.addAll(Arrays.asList(key.value1())));
        var tools = sql.select(TOOLS.ROUTE, TOOLS.NAME).from(TOOLS).fetchGroups(TOOLS.ROUTE, TOOLS.NAME);
        return new KnownNames(
                tools.entrySet().stream()
                        .collect(Collectors.toMap(route -> route.getKey(), route -> Set.copyOf(route.getValue()))),
                called,
                actions,
                groups);
    }

    private List<? extends Record> met() {
        return trail.newest(
                NEWEST,
                met -> new PageCursor(met.get(TOOL_CALLS.OCCURRED_AT), met.get(TOOL_CALLS.ID)),
                (piece, most) -> sql.select(
                                TOOL_CALLS.OCCURRED_AT,
                                TOOL_CALLS.ID,
                                TOOL_CALLS.ROUTE,
                                TOOL_CALLS.TOOL,
                                TOOL_CALLS.ACTION,
                                TOOL_CALLS.CALLER_GROUPS)
                        .from(TOOL_CALLS)
                        .where(piece)
                        .orderBy(TOOL_CALLS.OCCURRED_AT.desc(), TOOL_CALLS.ID.desc())
                        .limit(most)
                        .fetch());
    }
}
