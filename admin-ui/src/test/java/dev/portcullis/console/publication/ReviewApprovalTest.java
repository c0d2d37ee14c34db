package dev.portcullis.console.publication;

import static dev.portcullis.database.gateway.Tables.TOOLS;
import static dev.portcullis.database.gateway.Tables.TOOL_DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.OffsetDateTime;

/// Where a second person approves, the review of a tool is a proposal, and nothing is reviewed before it is approved.
class ReviewApprovalTest {
    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-11-20T12:00:00Z");
    private static final String DEFINITION = "sha256:" + "1".repeat(64);

    private static RunningConsole console;
    private static People people;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        people = new People(console);
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @BeforeEach
    void listTool() {
        people.approvalIs(false);
        console.send("PUT", "/api/v1/policy?comment=x", People.YAML, RunningConsole.DOCUMENT.formatted("at first"));
        var sql = DSL.using(console.database().dataSource(), SQLDialect.POSTGRES);
        sql.deleteFrom(TOOLS).execute();
        sql.insertInto(TOOLS).values("port-eu", "later", AT, AT, 1L).execute();
        sql.insertInto(TOOL_DEFINITIONS)
                .set(TOOL_DEFINITIONS.ROUTE, "port-eu")
                .set(TOOL_DEFINITIONS.TOOL, "later")
                .set(TOOL_DEFINITIONS.DEFINITION, DEFINITION)
                .set(TOOL_DEFINITIONS.TEXT, "{}")
                .set(TOOL_DEFINITIONS.CHARACTERS, 2)
                .set(TOOL_DEFINITIONS.FIRST_SEEN_AT, AT)
                .set(TOOL_DEFINITIONS.LAST_SEEN_AT, AT)
                .set(TOOL_DEFINITIONS.LISTINGS, 1L)
                .execute();
    }

    @Test
    void rejectedReviewChangesNothing() {
        // Given
        var before = tool();
        var proposal = propose();
        assertThat(tool()).isEqualTo(before);

        // When
        var rejected = people.post(
                people.bob, "/api/v1/policy/proposals/" + proposal + "/reject", "{\"reason\": \"Not read.\"}");

        // Then
        assertThat(rejected.statusCode()).as(rejected.body()).isBetween(200, 299);
        assertThat(tool()).isEqualTo(before);
        assertThat(isReviewed()).isFalse();
    }

    @Test
    void approvalIsWhatReviews() {
        // Given
        var proposal = propose();
        assertThat(isReviewed()).isFalse();

        // When
        var approved = people.approve(people.bob, proposal);

        // Then
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
        assertThat(isReviewed()).isTrue();
        assertThat(tool().path("reviewedDefinition").asString()).isEqualTo(DEFINITION);
    }

    @Test
    void documentThatAcceptsADefinitionReviewsItHoweverItIsPublished() {
        // When
        var published = console.send(
                "PUT",
                "/api/v1/policy?comment=x",
                People.YAML,
                RunningConsole.DOCUMENT.formatted("with a tool")
                        + "tools: {port-eu: {later: {class: read, definition: \"" + DEFINITION + "\"}}}\n");

        // Then
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        assertThat(isReviewed()).isTrue();
    }

    private static long propose() {
        people.approvalIs(true);
        var answer = people.send(
                people.ada, "PUT", "/api/v1/tools/port-eu/later", People.JSON, "{\"definition\": \"current\"}");
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return RunningConsole.json(console.get("/api/v1/policy/proposals"))
                .at("/items/0/id")
                .asLong();
    }

    private static JsonNode tool() {
        return RunningConsole.json(console.get("/api/v1/tools/port-eu/later"));
    }

    private static boolean isReviewed() {
        return tool().at("/definitions/0/reviewedAt").isString();
    }
}
