package dev.portcullis.console.tools.query;

import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.portcullis.console.tools.CataloguedTool;
import dev.portcullis.console.tools.SeenDefinition;
import dev.portcullis.console.tools.ToolCursor;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Repository;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// Reads the tool catalogue, by route and name.
@Repository
public class ToolQuery {
    private final DSLContext sql;

    public ToolQuery(DataSource database) {
        this.sql = DSL.using(database, SQLDialect.POSTGRES);
    }

    public List<CataloguedTool> page(Optional<String> route, Optional<ToolCursor> after, int limit) {
        return tools(
                route.map(TOOLS.ROUTE::eq)
                        .orElse(noCondition())
                        .and(after.map(cursor -> row(TOOLS.ROUTE, TOOLS.NAME).gt(cursor.route(), cursor.name()))
                                .orElse(noCondition())),
                limit);
    }

    public Optional<CataloguedTool> find(String route, String name) {
        return tools(TOOLS.ROUTE.eq(route).and(TOOLS.NAME.eq(name)), 1).stream().findFirst();
    }

    /// Those of a route with these names, as far as there are any.
    public List<CataloguedTool> find(String route, Collection<String> names) {
        return tools(TOOLS.ROUTE.eq(route).and(TOOLS.NAME.in(names)), names.size());
    }

    /// The canonical texts of definitions of a tool, as far as they are kept.
    public Map<String, String> texts(String route, String tool, Collection<String> definitions) {
        var texts = new HashMap<String, String>();
        sql.select(TOOL_DEFINITIONS.DEFINITION, TOOL_DEFINITIONS.TEXT)
                .from(TOOL_DEFINITIONS)
                .where(TOOL_DEFINITIONS.ROUTE.eq(route))
                .and(TOOL_DEFINITIONS.TOOL.eq(tool))
                .and(TOOL_DEFINITIONS.DEFINITION.in(definitions))
                .and(TOOL_DEFINITIONS.TEXT.isNotNull())
                .forEach(found -> texts.put(found.value1(), found.value2()));
        return texts;
    }

    private List<CataloguedTool> tools(Condition condition, int limit) {
        return sql.select(
                        TOOLS.ROUTE,
                        TOOLS.NAME,
                        TOOLS.FIRST_SEEN_AT,
                        TOOLS.LAST_SEEN_AT,
                        TOOLS.LISTINGS,
                        multiset(select(
                                                TOOL_DEFINITIONS.DEFINITION,
                                                TOOL_DEFINITIONS.READ_ONLY_HINT.convertFrom(Optional::ofNullable),
                                                TOOL_DEFINITIONS.CHARACTERS,
                                                TOOL_DEFINITIONS.FIRST_SEEN_AT,
                                                TOOL_DEFINITIONS.LAST_SEEN_AT,
                                                TOOL_DEFINITIONS.LISTINGS,
                                                TOOL_DEFINITIONS.REVIEWED_AT.convertFrom(Optional::ofNullable))
                                        .from(TOOL_DEFINITIONS)
                                        .where(TOOL_DEFINITIONS.ROUTE.eq(TOOLS.ROUTE))
                                        .and(TOOL_DEFINITIONS.TOOL.eq(TOOLS.NAME)))
                                .convertFrom(found -> found.map(mapping(SeenDefinition::new))))
                .from(TOOLS)
                .where(condition)
                .andExists(DSL.selectOne()
                        .from(TOOL_DEFINITIONS)
                        .where(TOOL_DEFINITIONS.ROUTE.eq(TOOLS.ROUTE))
                        .and(TOOL_DEFINITIONS.TOOL.eq(TOOLS.NAME)))
                .orderBy(TOOLS.ROUTE, TOOLS.NAME)
                .limit(limit)
                .fetch(mapping(CataloguedTool::new));
    }
}
