package dev.portcullis.console.promotion;

import static dev.portcullis.database.audit.Tables.EXCHANGES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.UUID;

class PromotionApiTest {
    private static final String RULES = "/api/v1/policy/draft/rules/";
    private static final String DOCUMENT = """
            apiVersion: portcullis/v1
            organization: acme
            routes:
              port-eu: {upstream: sandbox, profile: port, authentication: open}
            rules:
              # Asked for by the release team.
              - id: freeze
                mode: observe # until December
                match: {tools: [run_action]}
                deny: true
              - id: reads
                readOnly: true
            """;

    private static RunningConsole console;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        observed("ada", "run_action", OffsetDateTime.now().minusHours(1));
        observed("ada", "run_action", OffsetDateTime.now().minusDays(2));
        observed("bob", "run_action", OffsetDateTime.now().minusDays(3));
        observed("bob", "run_action", OffsetDateTime.now().minusDays(9));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void ruleOfTheDraftEnforcesAndNothingElseOfTheTextChanges() {
        // Given
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", DOCUMENT);

        // When
        var promoted = console.post(RULES + "freeze/promote", "");

        // Then
        assertThat(promoted.statusCode()).as(promoted.body()).isEqualTo(200);
        var text = console.get("/api/v1/policy/draft").body();
        assertThat(text)
                .contains("# Asked for by the release team.", "- id: freeze")
                .doesNotContain("mode: observe");
        var observed = RunningConsole.json(promoted).path("observed");
        assertThat(observed.path("refused").asLong()).isEqualTo(3);
        assertThat(observed.path("complete").asBoolean()).isTrue();
        assertThat(observed.at("/top/0").toString())
                .isEqualTo("{\"caller\":\"ada\",\"tool\":\"run_action\",\"calls\":2}");
        assertThat(console.post(RULES + "freeze/demote", "").statusCode()).isEqualTo(200);
        assertThat(console.get("/api/v1/policy/draft").body()).contains("mode: observe");
    }

    @Test
    void draftThatSomebodyElseChangedIsNotOverwritten() {
        // Given
        var tag = console.send("PUT", "/api/v1/policy/draft", "application/yaml", DOCUMENT)
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", DOCUMENT + "# mine\n");

        // When
        var late = console.send(console.request(RULES + "freeze/promote")
                .header("If-Match", tag)
                .POST(BodyPublishers.noBody()));

        // Then
        assertThat(late.statusCode()).isEqualTo(412);
    }

    @Test
    void ruleThatIsNotThereIsNotFound() {
        console.send("PUT", "/api/v1/policy/draft", "application/yaml", DOCUMENT);

        assertThat(console.post(RULES + "thaw/promote", "").statusCode()).isEqualTo(404);
    }

    private static void observed(String caller, String tool, OffsetDateTime at) {
        DSL.using(console.database().dataSource(), SQLDialect.POSTGRES)
                .insertInto(EXCHANGES)
                .set(EXCHANGES.ID, UUID.randomUUID())
                .set(EXCHANGES.OCCURRED_AT, at)
                .set(EXCHANGES.REPLICA, "r1")
                .set(EXCHANGES.CALLER, caller)
                .set(EXCHANGES.TOOL, tool)
                .set(EXCHANGES.DECISION, "allowed")
                .set(EXCHANGES.OUTCOME, "succeeded")
                .set(EXCHANGES.OBSERVED_RULES, new String[] {"freeze"})
                .execute();
    }
}
