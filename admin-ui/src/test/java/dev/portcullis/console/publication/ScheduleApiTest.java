package dev.portcullis.console.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import java.time.Duration;

class ScheduleApiTest {
    private static RunningConsole console;
    private static People people;

    @BeforeAll
    static void start() {
        console = new RunningConsole();
        people = new People(console);
        console.send("PUT", "/api/v1/policy?comment=x", People.YAML, RunningConsole.DOCUMENT.formatted("at first"));
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    @Test
    void policyIsPublishedAtItsTimeAndNotBefore() {
        // Given
        var id = people.proposed("in time", People.inAnHour());
        var waiting = people.proposal(id);
        var before = people.inForce();

        // When
        people.due(id, Duration.ofSeconds(1));
        var published = ended(id);

        // Then
        assertThat(waiting.path("state").asString()).isEqualTo("scheduled");
        assertThat(before).doesNotContain("in time");
        assertThat(published.path("state").asString()).isEqualTo("published");
        assertThat(published.path("late").asBoolean()).isFalse();
        assertThat(published.path("endedBy").asString()).isEqualTo("system");
        assertThat(people.inForce()).contains("in time");
        var version = RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"))
                .at("/items/0");
        assertThat(version.path("author").asString()).startsWith("token:ada");
        assertThat(version.path("proposal").asLong()).isEqualTo(id);
    }

    @Test
    void whatCameDueWhileNoConsoleWasThereIsPublishedAndCalledLate() {
        // Given
        var id = people.proposed("late", People.inAnHour());

        // When
        people.due(id, Duration.ofHours(2));
        var published = ended(id);

        // Then
        assertThat(published.path("state").asString()).isEqualTo("published");
        assertThat(published.path("late").asBoolean()).isTrue();
        assertThat(published.path("lateSeconds").asLong()).isGreaterThanOrEqualTo(7_200);
    }

    @Test
    void policyIsRefusedWhenAnotherOneIsInForceByThen() {
        // Given
        var id = people.proposed("overtaken", People.inAnHour());
        assertThat(people.publish("overtaking", "").statusCode()).isEqualTo(201);

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("is not in force any more");
        assertThat(people.inForce()).contains("overtaking");
        assertThat(console.eventDetails("proposal " + id)).anyMatch(event -> event.startsWith("proposal.refused"));
    }

    @Test
    void policyIsRefusedWhenATestFailsByThen() {
        // Given
        var id = people.proposed("failing", People.inAnHour());
        var test = "/api/v1/policy/tests/fails-by-then";
        console.send(
                "PUT", test, People.JSON, "{\"when\": {\"call\": \"upsert_entity\"}, \"then\": {\"allowed\": true}}");

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        console.send("DELETE", test, People.JSON, "");
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("fails-by-then", "denied by [read-only-by-default]");
    }

    @Test
    void policyIsRefusedWhenApprovalIsNeededByThen() {
        // Given
        var id = people.proposed("unapproved", People.inAnHour());
        people.approvalIs(true);

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        people.approvalIs(false);
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("second person");
    }

    @Test
    void approvedPolicyWaitsForItsTime() {
        // Given
        people.approvalIs(true);
        var id = people.proposed("approved for later", People.inAnHour());

        // When
        var approved = people.approve(people.bob, id);
        people.approvalIs(false);
        var waiting = people.proposal(id);
        people.due(id, Duration.ofSeconds(1));

        // Then
        assertThat(approved.statusCode()).isEqualTo(202);
        assertThat(waiting.path("state").asString()).isEqualTo("scheduled");
        assertThat(waiting.path("approver").asString()).startsWith("token:bob");
        assertThat(ended(id).path("state").asString()).isEqualTo("published");
        assertThat(RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"))
                        .at("/items/0/approver")
                        .asString())
                .startsWith("token:bob");
    }

    @Test
    void nothingIsPublishedForATokenThatIsRevokedByThen() {
        // Given
        var mallory = people.tokenOf("mallory", Roles.EDITOR);
        var id = people.proposedBy(mallory, "left behind", People.inAnHour());
        people.revoke(mallory);

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("token:mallory", "may not publish any more");
        assertThat(people.inForce()).doesNotContain("left behind");
    }

    @Test
    void nothingIsPublishedForATokenThatHasEndedByThen() {
        // Given
        var edgar = people.tokenOf("edgar", Roles.EDITOR);
        var id = people.proposedBy(edgar, "left behind", People.inAnHour());
        people.end(edgar);

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("token:edgar", "may not publish any more");
        assertThat(people.inForce()).doesNotContain("left behind");
    }

    @Test
    void nothingIsPublishedForAPersonWhoIsLockedByThen() {
        // Given
        console.post("/api/v1/people", "{\"username\": \"left\", \"roles\": [\"EDITOR\"]}");
        var allowed = people.proposed("by somebody", People.inAnHour());
        people.isBy("left", allowed);
        people.due(allowed, Duration.ofSeconds(1));
        assertThat(ended(allowed).path("state").asString()).isEqualTo("published");
        var id = people.proposed("by nobody", People.inAnHour());
        people.isBy("left", id);
        console.send("PUT", "/api/v1/people/left/lock", People.JSON, "");

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("left", "may not publish any more");
    }

    @Test
    void nothingIsPublishedThatSomebodyApprovedWhoHasTheRoleNoMore() {
        // Given
        people.approvalIs(true);
        var carol = people.tokenOf("carol", Roles.APPROVER);
        var id = people.proposed("approved by nobody", People.inAnHour());
        assertThat(people.approve(carol, id).statusCode()).isEqualTo(202);
        people.approvalIs(false);
        people.revoke(carol);

        // When
        people.due(id, Duration.ofSeconds(1));
        var refused = ended(id);

        // Then
        assertThat(refused.path("state").asString()).isEqualTo("refused");
        assertThat(refused.path("reason").asString()).contains("token:carol", "may not approve any more");
    }

    @Test
    void cancelledPublicationDoesNotTakePlace() {
        // Given
        var id = people.proposed("cancelled", People.inAnHour());

        // When
        var cancelled = people.post(
                people.ada, "/api/v1/policy/proposals/" + id + "/cancel", "{\"reason\": \"not on a Friday\"}");

        // Then
        assertThat(cancelled.statusCode()).isEqualTo(204);
        assertThat(people.proposal(id).path("state").asString()).isEqualTo("cancelled");
        assertThat(people.post(people.ada, "/api/v1/policy/proposals/" + id + "/cancel", "")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void timeThatIsOverIsRefused() {
        var answer = people.publish("yesterday", ", \"at\": \"2020-01-01T00:00:00Z\"");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("expected: a time in the future");
    }

    private static JsonNode ended(long id) {
        await().atMost(Duration.ofSeconds(20)).until(() -> people.proposal(id).has("endedAt"));
        return people.proposal(id);
    }
}
