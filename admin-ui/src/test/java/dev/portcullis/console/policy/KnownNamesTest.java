package dev.portcullis.console.policy;

import static dev.portcullis.database.gateway.Tables.API_KEYS;
import static dev.portcullis.database.gateway.Tables.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.replay.RecordedExchanges;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/// Names in a document against those that the console finds in its database.
class KnownNamesTest {
    private static final String ROUTE = "knitting";

    /// Newer than the many records of other tests, of which only the newest are looked at.
    private static final OffsetDateTime WHEN = OffsetDateTime.parse("2025-12-01T00:00:00Z");

    private final RunningConsole console = RunningConsole.shared();
    private final DSLContext sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
    private final UUID key = UUID.randomUUID();
    private final UUID revoked = UUID.randomUUID();

    @BeforeEach
    void meet() {
        sql.insertInto(TOOLS).values(ROUTE, "knit_sweater", WHEN, WHEN, 1L).execute();
        new RecordedExchanges(WHEN).called(ROUTE, "unravel_sock", "start_knitting", "knitters");
        addKey(key, "purlers");
        addKey(revoked, "crocheters");
        sql.update(API_KEYS)
                .set(API_KEYS.REVOKED_BY, "admin")
                .set(API_KEYS.REVOKED_AT, WHEN)
                .where(API_KEYS.ID.eq(revoked))
                .execute();
    }

    @AfterEach
    void forget() {
        sql.deleteFrom(TOOLS).where(TOOLS.ROUTE.eq(ROUTE)).execute();
        sql.deleteFrom(API_KEYS).where(API_KEYS.ID.in(key, revoked)).execute();
    }

    @Test
    void misspeltNamesAreWarnedOfAndOthersAreNot() {
        // When
        var warnings = validate("""
                  - {id: tools, match: {tools: [knit_sweater, unravel_sock, knit_swaeter]}, deny: true}
                  - {id: actions, match: {actions: [start_knitting, strat_knitting]}, deny: true}
                  - {id: groups, match: {groups: [knitters, purlers, knittres]}, deny: true}
                """);

        // Then
        assertThat(warnings)
                .extracting(warning -> warning.path("path").asString() + " "
                        + warning.path("suggestion").asString())
                .containsExactlyInAnyOrder(
                        "/rules/0/match/tools/2 knit_sweater",
                        "/rules/1/match/actions/1 start_knitting",
                        "/rules/2/match/groups/2 knitters");
    }

    @Test
    void groupOfARevokedKeyIsNotKnown() {
        // When
        var warnings = validate("  - {id: groups, match: {groups: [purlers, crocheters]}, deny: true}\n");

        // Then
        assertThat(warnings)
                .extracting(warning -> warning.path("path").asString())
                .containsExactly("/rules/0/match/groups/1");
    }

    private void addKey(UUID id, String group) {
        sql.insertInto(API_KEYS)
                .set(API_KEYS.ID, id)
                .set(API_KEYS.NAME, group)
                .set(API_KEYS.PREFIX, group)
                .set(API_KEYS.HASH, new byte[32])
                .set(API_KEYS.GROUPS, new String[] {group})
                .set(API_KEYS.CREATED_BY, "admin")
                .execute();
    }

    private List<JsonNode> validate(String rules) {
        var response =
                console.send("POST", "/api/v1/policy/validate", "application/yaml", """
                apiVersion: portcullis/v1
                organization: acme
                routes: {%s: {upstream: sandbox, authentication: open}}
                rules:
                """.formatted(ROUTE) + rules);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RunningConsole.json(response).path("warnings").valueStream().toList();
    }
}
