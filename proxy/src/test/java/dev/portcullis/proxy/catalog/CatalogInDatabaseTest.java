package dev.portcullis.proxy.catalog;

import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.database.TestDatabase;
import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.sync.Database;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// What one replica learns, on a real PostgreSQL, and what another one makes of it.
class CatalogInDatabaseTest {
    private static TestDatabase database;
    private static DSLContext sql;

    private final TestClock clock = new TestClock();
    private final ToolCatalog catalog = new ToolCatalog(clock);

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
        sql = DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatIsListedIsWrittenWithItsCounts() {
        // Given
        var anna = new Holder("counted", "anna");
        try (var writer = CatalogWriter.start(catalog, way())) {
            // When
            catalog.listed(anna, List.of(tool("a", "one"), tool("b", "\u0000 and half of \ud83d")));
            await().until(() -> sql.fetchCount(TOOLS, TOOLS.ROUTE.eq("counted")) == 2);
            clock.advance(Duration.ofMinutes(1));
            catalog.listed(anna, List.of(tool("a", "one")));
            catalog.listed(anna, List.of(tool("a", "two")));
            assertThat(writer.failures()).isZero();
        }

        // Then
        var tool = sql.fetchSingle(TOOLS, TOOLS.ROUTE.eq("counted").and(TOOLS.NAME.eq("a")));
        assertThat(tool.getListings()).isEqualTo(3);
        assertThat(Duration.between(tool.getFirstSeenAt(), tool.getLastSeenAt()))
                .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        var definitions = sql.selectFrom(TOOL_DEFINITIONS)
                .where(TOOL_DEFINITIONS.ROUTE.eq("counted"))
                .and(TOOL_DEFINITIONS.TOOL.eq("a"))
                .orderBy(TOOL_DEFINITIONS.LISTINGS.desc())
                .fetch();
        assertThat(definitions.getValues(TOOL_DEFINITIONS.LISTINGS)).containsExactly(2L, 1L);
        assertThat(definitions.getFirst().getText()).isEqualTo("{\"description\":\"one\",\"name\":\"a\"}");
    }

    @Test
    void anotherReplicaKnowsWhatItNeverSaw() throws SQLException {
        // Given
        var seen = tool("shared", "x");
        var other = new ToolCatalog(clock);
        var follower = new CatalogFollower(other, clock);
        try (var connection = way().connect()) {
            follower.look(connection);

            // When
            try (var _ = CatalogWriter.start(catalog, way())) {
                catalog.listed(new Holder("followed", "anna"), List.of(seen));
            }
            follower.look(connection);
        }

        // Then
        assertThat(other.tool(new Holder("followed", "ben"), "shared")).isEqualTo(seen.listed());
    }

    @Test
    void longDefinitionIsToldApartButNotKept() {
        try (var _ = CatalogWriter.start(catalog, way())) {
            catalog.listed(new Holder("long", "anna"), List.of(tool("a", "x".repeat(70_000))));
        }

        var row = sql.fetchSingle(TOOL_DEFINITIONS, TOOL_DEFINITIONS.ROUTE.eq("long"));
        assertThat(row.getText()).isNull();
        assertThat(row.getCharacters()).isGreaterThan(70_000);
    }

    @Test
    void oldestDefinitionsGoAndReviewedOnesStay() throws SQLException {
        // Given
        var store = new CatalogStore(way());
        store.add(List.of(discovery("first")));
        sql.update(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.REVIEWED_AT, OffsetDateTime.now(ZoneOffset.UTC))
                .where(TOOL_DEFINITIONS.ROUTE.eq("pruned"))
                .execute();

        // When
        for (int i = 0; i < CatalogStore.MOST_DEFINITIONS + 5; i++) {
            clock.advance(Duration.ofSeconds(1));
            store.add(List.of(discovery("later " + i)));
        }
        store.abort();

        // Then
        var kept = sql.selectFrom(TOOL_DEFINITIONS)
                .where(TOOL_DEFINITIONS.ROUTE.eq("pruned"))
                .fetch(TOOL_DEFINITIONS.DEFINITION);
        assertThat(kept)
                .hasSize(CatalogStore.MOST_DEFINITIONS + 1)
                .contains(tool("a", "first").hash(), tool("a", "later 24").hash())
                .doesNotContain(tool("a", "later 4").hash());
    }

    @Test
    void definitionThatIsNotKeptAnyMoreIsDiscoveredAgain() throws Exception {
        // Given
        var anna = new Holder("forgotten", "anna");
        var store = new CatalogStore(way());
        catalog.listed(anna, List.of(tool("a", "x")));
        catalog.discoveries().take(Duration.ZERO, 10);
        catalog.listed(anna, List.of(tool("a", "x")));

        // When
        store.note(catalog.takeSightings()).forEach(catalog::forget);
        store.abort();
        catalog.listed(anna, List.of(tool("a", "x")));

        // Then
        assertThat(catalog.discoveries().take(Duration.ZERO, 10)).hasSize(1);
    }

    @Test
    void databaseThatIsAwayHoldsUpNobody() {
        var away = new Database(new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "x", new Secret("x")));
        try (var writer = CatalogWriter.start(catalog, away)) {
            catalog.listed(new Holder("away", "anna"), List.of(tool("a", "x")));
            await().until(() -> writer.failures() > 0);
            assertThat(catalog.tool(new Holder("away", "ben"), "a").definition())
                    .isPresent();
        }
    }

    private Discovery discovery(String description) {
        return Discovery.of("pruned", tool("a", description), clock.instant());
    }

    private static Database way() {
        return new Database(new DatabaseSettings(database.url(), database.user(), new Secret(database.password())));
    }

    private static ToolDefinition tool(String name, String description) {
        return ToolDefinition.of(
                JsonMapper.shared().createObjectNode().put("name", name).put("description", description));
    }
}
