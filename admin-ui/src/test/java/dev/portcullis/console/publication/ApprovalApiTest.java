package dev.portcullis.console.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;

class ApprovalApiTest {
    private static final String SETTING = "/api/v1/settings/approval";

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

    @BeforeEach
    void switchOn() {
        people.approvalIs(true);
    }

    @AfterEach
    void switchOff() {
        people.approvalIs(false);
    }

    @Test
    void approvalIsOffUntilSomebodySwitchesItOn() {
        // Given
        people.approvalIs(false);

        // When
        var published = people.publish("alone", "");

        // Then
        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(console.eventDetails("approval")).contains("approval.changed {after=required, before=not required}");
    }

    @Test
    void settingThatSomebodyElseChangedIsNotOverwritten() {
        // Given
        var tag = console.get(SETTING).headers().firstValue("ETag").orElseThrow();
        people.approvalIs(true);

        // When
        var late = console.send(console.request(SETTING)
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"required\": false}")));

        // Then
        assertThat(late.statusCode()).isEqualTo(412);
        assertThat(console.get(SETTING).body()).contains("\"required\":true");
    }

    @Test
    void publicationBecomesAProposalAndNothingChanges() {
        // Given
        var before = people.inForce();

        // When
        var id = people.proposed("proposed", "");

        // Then
        assertThat(people.inForce()).isEqualTo(before);
        var proposal = people.proposal(id);
        assertThat(proposal.path("state").asString()).isEqualTo("open");
        assertThat(proposal.at("/changes/0/name").asString()).isEqualTo("read-only-by-default");
        assertThat(proposal.path("text").toString()).contains("+     message: proposed");
        assertThat(proposal.path("baseInForce").asBoolean()).isTrue();
    }

    @Test
    void everyOtherWayOfPublishingMakesAProposalToo() {
        // Given
        var before = people.inForce();

        // When
        var put =
                console.send("PUT", "/api/v1/policy?comment=x", People.YAML, RunningConsole.DOCUMENT.formatted("put"));
        var restored = console.post("/api/v1/policy/versions/1/restore", "");

        // Then
        assertThat(put.statusCode()).isEqualTo(202);
        assertThat(restored.statusCode()).isEqualTo(202);
        assertThat(people.proposal(
                                RunningConsole.json(restored).at("/proposal/id").asLong())
                        .path("restores")
                        .asLong())
                .isEqualTo(1);
        assertThat(people.inForce()).isEqualTo(before);
    }

    @Test
    void secondPersonPublishesItAndTheVersionNamesBoth() {
        // Given
        var id = people.proposed("by two", "");

        // When
        var approved = people.approve(people.bob, id);

        // Then
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
        assertThat(people.inForce()).contains("by two");
        var version = RunningConsole.json(console.get("/api/v1/policy/versions?limit=1"))
                .at("/items/0");
        assertThat(version.path("author").asString()).startsWith("token:ada");
        assertThat(version.path("comment").asString()).isEqualTo("by two");
        assertThat(version.path("approver").asString()).startsWith("token:bob");
        assertThat(version.path("approvalComment").asString()).isEqualTo("looks good");
        assertThat(version.path("proposal").asLong()).isEqualTo(id);
        assertThat(console.eventDetails("proposal " + id)).anyMatch(event -> event.startsWith("proposal.approved"));
    }

    @Test
    void authorDoesNotApproveThroughAnyTokenOfTheirs() {
        // Given
        var id = people.proposed("by one", "");

        // When
        var same = people.approve(people.ada, id);
        var other = people.approve(people.tokenOf("ada", Roles.APPROVER), id);

        // Then
        assertThat(same.statusCode()).isEqualTo(403);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("ada is its author");
        assertThat(people.inForce()).doesNotContain("by one");
    }

    @Test
    void tokenThatNobodyKnowsTheMakerOfApprovesNothing() {
        var approved = people.approve(console.token(), people.proposed("by whom", ""));

        assertThat(approved.statusCode()).isEqualTo(403);
        assertThat(approved.body()).contains("Nobody knows");
    }

    @Test
    void tokenMadeWithATokenBelongsToTheSamePerson() {
        // Given
        var made = people.post(
                people.tokenOf("ada", Roles.ADMIN),
                "/api/v1/admin-tokens",
                "{\"name\": \"second-hand\", \"roles\": [\"APPROVER\"]}");
        var token = RunningConsole.json(made).path("token").asString();

        // When
        var approved = people.approve(token, people.proposed("second hand", ""));

        // Then
        assertThat(approved.statusCode()).isEqualTo(403);
        assertThat(approved.body()).contains("ada is its author");
    }

    @Test
    void editorApprovesNothing() {
        var id = people.proposed("by an editor", "");

        assertThat(people.approve(people.tokenOf("carl", Roles.EDITOR), id).statusCode())
                .isEqualTo(403);
    }

    @Test
    void proposalWhoseBaseIsGoneHasToBeProposedAgain() {
        // Given
        var stale = people.proposed("stale", "");
        people.approve(people.bob, people.proposed("meanwhile", ""));

        // When
        var refused = people.approve(people.bob, stale);
        var again = people.post(people.ada, "/api/v1/policy/proposals/" + stale + "/refresh", "");

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("is not in force any more");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(people.proposal(stale).path("state").asString()).isEqualTo("withdrawn");
        var made = RunningConsole.json(again);
        assertThat(made.path("replaces").asLong()).isEqualTo(stale);
        assertThat(made.path("text").toString()).contains("-     message: meanwhile");
        assertThat(people.approve(people.bob, made.path("id").asLong()).statusCode())
                .isEqualTo(201);
        assertThat(people.inForce()).contains("stale");
    }

    @Test
    void proposalEndsOnceAndForAll() {
        // Given
        var rejected = people.proposed("rejected", "");
        var withdrawn = people.proposed("withdrawn", "");
        var path = "/api/v1/policy/proposals/";

        // When
        var reasonless = people.post(people.bob, path + rejected + "/reject", "{\"reason\": \" \"}");
        var rejection = people.post(people.bob, path + rejected + "/reject", "{\"reason\": \"too wide\"}");
        var strange = people.post(people.tokenOf("carl", Roles.EDITOR), path + withdrawn + "/withdraw", "");
        var withdrawal = people.post(people.ada, path + withdrawn + "/withdraw", "");

        // Then
        assertThat(reasonless.statusCode()).isEqualTo(400);
        assertThat(rejection.statusCode()).isEqualTo(204);
        assertThat(people.proposal(rejected).path("reason").asString()).isEqualTo("too wide");
        assertThat(strange.statusCode()).isEqualTo(403);
        assertThat(withdrawal.statusCode()).isEqualTo(204);
        assertThat(people.approve(people.bob, rejected).statusCode()).isEqualTo(409);
        assertThat(people.approve(people.bob, withdrawn).statusCode()).isEqualTo(409);
        assertThat(RunningConsole.json(console.get("/api/v1/policy/proposals?state=rejected"))
                        .at("/items/0/id")
                        .asLong())
                .isEqualTo(rejected);
    }

    @Test
    void documentIsTestedAgainWhenItIsApproved() {
        // Given
        var id = people.proposed("untested", "");
        var saved = console.send(
                "PUT",
                "/api/v1/policy/tests/added%20since",
                People.JSON,
                "{\"when\": {\"call\": \"upsert_entity\"}, \"then\": {\"allowed\": true}}");

        // When
        var approved = people.approve(people.bob, id);

        // Then
        console.send("DELETE", "/api/v1/policy/tests/added%20since", People.JSON, "");
        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(approved.statusCode()).isEqualTo(422);
        assertThat(approved.body()).contains("added since");
        assertThat(people.proposal(id).path("state").asString()).isEqualTo("open");
    }

    @Test
    void killNeedsNoApproval() {
        var kill = console.post(
                "/api/v1/kills", "{\"scope\": {\"tools\": [\"x\"]}, \"reason\": \"leaks\", \"until\": null}");

        assertThat(kill.statusCode()).isEqualTo(201);
        console.send(
                "DELETE",
                "/api/v1/kills/" + RunningConsole.json(kill).path("id").asString(),
                People.JSON,
                "");
    }
}
