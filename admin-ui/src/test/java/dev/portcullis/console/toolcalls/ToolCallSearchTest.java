package dev.portcullis.console.toolcalls;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// What the search and the facets of the tool calls find, over REST, in the list and in the export.
class ToolCallSearchTest {
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.of(2026, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC);
    private static final String DURING = "from=2026-02-03T04:00:00Z&to=2026-02-03T05:00:00Z";
    private static final UUID FOUND = UUID.fromString("0f0e0d0c-0b0a-4908-8706-050403020100");

    private final RunningConsole console = RunningConsole.shared();

    @BeforeAll
    static void record() {
        insert(FOUND, "search_%_tool", "searching-agent", "trace-1", "rule-of-search", "rule-observed");
        insert(UUID.randomUUID(), "search_a_tool", "other-agent", "trace-2", "another-rule", "nothing-else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=SEARCH_%25",
                "q=searching",
                "q=ADA%40corp-searching-agent",
                "q=trace-1",
                "q=hash-trace-1",
                "q=0f0e0d0c-0b0a-4908-8706-050403020100",
                "q=+action-of-searching",
                "client=searching-agent",
                "outcome=denied,refused&q=searching",
                "rule=rule-of-search",
                "client=searching-agent&rule=rule-of-search&q=search"
            })
    void callIsFoundByWhatIsKnownOfIt(String filter) {
        assertThat(ids(filter)).containsExactly(FOUND.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=trace-",
                "q=0f0e0d0c",
                "q=_earch_%25",
                "client=searching",
                "rule=rule-of",
                "rule=rule-observed",
                "client=searching-agent&rule=another-rule"
            })
    void idsAndNamesOfFacetsAreNotFoundByAPart(String filter) {
        assertThat(ids(filter)).isEmpty();
    }

    @Test
    void exportHasWhatTheSearchFinds() {
        var export = console.get("/api/v1/tool-calls/export?format=ndjson&payloads=false&q=searching&" + DURING);

        assertThat(export.body().lines()).singleElement().asString().contains(FOUND.toString());
    }

    @Test
    void facetsSayAmongHowManyTheyWereCounted() {
        var facets = RunningConsole.json(console.get("/api/v1/tool-calls/facets"));

        assertThat(facets.required("among").asInt()).isBetween(1, 2_000);
        assertThat(facets.propertyNames()).contains("routes", "tools", "callers", "clients", "rules");
        assertThat(facets.required("routes").get(0).propertyNames()).containsExactlyInAnyOrder("name", "calls");
    }

    private List<String> ids(String filter) {
        return RunningConsole.json(console.get("/api/v1/tool-calls?payloads=false&" + DURING + "&" + filter))
                .required("items")
                .valueStream()
                .map(call -> call.required("id").asString())
                .toList();
    }

    private static void insert(UUID id, String tool, String client, String trace, String rule, String observed) {
        DSL.using(RunningConsole.shared().database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(EXCHANGES)
                .set(EXCHANGES.ID, id)
                .set(EXCHANGES.OCCURRED_AT, LONG_AGO)
                .set(EXCHANGES.REPLICA, "r1")
                .set(EXCHANGES.ROUTE, "searched")
                .set(EXCHANGES.TOOL, tool)
                .set(EXCHANGES.ACTION, "action-of-" + client)
                .set(EXCHANGES.CALLER, "ada@corp-" + client)
                .set(EXCHANGES.CLIENT_NAME, client)
                .set(EXCHANGES.TRACE_ID, trace)
                .set(EXCHANGES.SESSION_HASH, "hash-" + trace)
                .set(EXCHANGES.DECISION, "denied")
                .set(EXCHANGES.OUTCOME, "refused")
                .set(EXCHANGES.RULES, new String[] {rule})
                .set(EXCHANGES.OBSERVED_RULES, new String[] {observed})
                .execute();
    }
}
