package dev.portcullis.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;

class AdminEventApiTest {
    private static final RunningConsole console = RunningConsole.shared();

    @BeforeAll
    static void act() {
        for (var i = 0; i < 3; i++) {
            console.get("/api/v1/tool-calls/export?tool=nothing-" + i);
        }
    }

    @Test
    void newestIsFirstAndFiltersNarrow() {
        // When
        var page = list("?event=audit.exported&actor=token:first&limit=1");

        // Then
        var newest = page.at("/items/0");
        assertThat(newest.propertyNames())
                .containsExactlyInAnyOrder("id", "occurred_at", "actor", "event", "subject", "detail");
        assertThat(newest.path("actor").asString()).isEqualTo("token:first");
        assertThat(page.has("next")).isTrue();
        assertThat(list("?event=audit.exported&actor=nobody").path("items").isEmpty())
                .isTrue();
        assertThat(list("?to=2020-01-01T00:00:00Z").path("items").isEmpty()).isTrue();
    }

    @Test
    void everyEventIsOnExactlyOnePage() {
        // When
        var ids = new ArrayList<String>();
        var next = "";
        for (var pages = 0; pages < 1_000; pages++) {
            var page = list("?event=audit.exported&limit=2" + next);
            page.path("items").forEach(event -> ids.add(event.path("id").asString()));
            if (!page.has("next")) {
                break;
            }
            next = "&cursor=" + page.path("next").asString();
        }

        // Then
        assertThat(ids).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    @Test
    void onlyAuditorsRead() {
        assertThat(console.getAs(console.tokenWith(Roles.AUDITOR), "/api/v1/admin-events")
                        .statusCode())
                .isEqualTo(200);
        assertThat(console.getAs(console.tokenWith(Roles.ADMIN), "/api/v1/admin-events")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=0                                           | limit: 0 (expected: 1 to 500)
            limit=501                                         | limit: 501 (expected: 1 to 500)
            limit=many                                        | limit: many (expected: a whole number)
            cursor=x                                          | cursor: x (expected: a `next` of this list)
            """)
    void badParameterIsABadRequest(String parameter, String problem) {
        assertThat(refusal("?" + parameter)).startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=yesterday                                    | from: yesterday (expected: a time such as 2026-11-27T10:00:00Z)
            to=2026-02-30T00:00:00Z                           | to: 2026-02-30T00:00:00Z (expected: a time such as
            from=-999999999-01-01T00:00:00Z                   | from: -999999999-01-01T00:00Z (expected: a time such as
            from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z | to: 2026-01-01T00:00Z (expected: not before from, 2026-02-01T00:00Z)
            """)
    void badTimeIsNeitherListedNorExported(String times, String problem) {
        var before = console.events(AdminEvent.AUDIT_EXPORTED).size();

        assertThat(refusal("?" + times)).startsWith(problem);
        assertThat(refusal("/export?" + times)).startsWith(problem);
        assertThat(console.events(AdminEvent.AUDIT_EXPORTED)).hasSize(before);
    }

    private static String refusal(String query) {
        var refused = console.get("/api/v1/admin-events" + query);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        return RunningConsole.json(refused).path("detail").asString();
    }

    private static JsonNode list(String query) {
        var response = console.get("/api/v1/admin-events" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return RunningConsole.json(response);
    }
}
