package dev.portcullis.console.publication.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.publication.Proposal;
import dev.portcullis.console.publication.ProposalDetail;
import dev.portcullis.console.publication.ProposalService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// `/api/v1/policy/proposals`: what waits for a second person or for its time, and what came of it.
@RestController
@RequestMapping("/api/v1/policy/proposals")
@Tag(name = "policy")
class ProposalResource {
    private final ProposalService proposals;
    private final Actor actor;

    ProposalResource(ProposalService proposals, Actor actor) {
        this.proposals = proposals;
        this.actor = actor;
    }

    @GetMapping
    @Operation(
            summary = "Proposals, newest first; those that wait, unless `state` says otherwise",
            description = "`state` is open, scheduled, published, rejected, withdrawn, cancelled, refused, or all.")
    Page<ProposalView> list(
            @RequestParam Optional<String> state,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<Long> cursor) {
        var wanted = Page.checkLimit(limit);
        var before = cursor.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        var items = proposals.list(states(state), before, wanted + 1).stream()
                .map(ProposalView::of)
                .toList();
        return Page.of(items, wanted, item -> Long.toString(item.id()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "A proposal, and what it changes of the version it was made for")
    ProposalDetailView get(@PathVariable long id) {
        return ProposalDetailView.of(found(id));
    }

    @PostMapping(path = "/{id}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Publish what somebody else has proposed: {comment, at?}",
            description = "201 with the version, or 202 when it is to be published at a time to come. 409 when the"
                    + " version it was made for is not in force any more; 422 when it is not valid or a test fails.")
    ResponseEntity<SubmittedAnswer> approve(@PathVariable long id, @RequestBody byte[] body) {
        var place = JsonPlace.of(body).withKeys(Set.of("comment", "at"));
        var comment = place.required("comment", "why it is approved");
        if (comment.text().isBlank()) {
            throw comment.wrong("why it is approved");
        }
        var at = place.get("at").map(JsonPlace::time).map(time -> time.atOffset(ZoneOffset.UTC));
        try {
            return SubmittedAnswer.of(proposals.approve(id, comment.text(), at, actor.name()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(path = "/{id}/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Turn a proposal down: {reason}")
    void reject(@PathVariable long id, @RequestBody byte[] body) {
        var place = JsonPlace.of(body).withKeys(Set.of("reason"));
        ended(() -> proposals.reject(
                id, place.required("reason", "why it is rejected").text(), actor.name()));
    }

    @PostMapping("/{id}/withdraw")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Take a proposal back; its author does, or an admin")
    void withdraw(@PathVariable long id) {
        proposals.withdraw(id, actor.name());
    }

    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Keep something that is scheduled from being published: {reason?}")
    void cancel(@PathVariable long id, @RequestBody(required = false) Optional<byte[]> body) {
        var reason = body.filter(bytes -> bytes.length > 0)
                .flatMap(bytes -> JsonPlace.of(bytes).withKeys(Set.of("reason")).get("reason"))
                .map(JsonPlace::text);
        ended(() -> proposals.cancel(id, reason, actor.name()));
    }

    @PostMapping("/{id}/refresh")
    @Operation(
            summary = "Propose the same again, for the version in force",
            description =
                    "It is a new proposal, which takes the place of this one. Its `changes` say what it would take"
                            + " back of what was published since.")
    ResponseEntity<ProposalDetailView> refresh(@PathVariable long id) {
        var made = proposals.refresh(id, actor.name());
        return ResponseEntity.created(
                        URI.create("/api/v1/policy/proposals/" + made.proposal().id()))
                .body(ProposalDetailView.of(made));
    }

    private static List<Proposal.State> states(Optional<String> state) {
        var all = Arrays.asList(Proposal.State.values());
        if (state.isEmpty()) {
            return Proposal.State.waiting();
        }
        if (state.get().equals("all")) {
            return all;
        }
        return all.stream()
                .filter(known -> known.wireName().equals(state.get()))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new BadRequestException("state: " + state.get()
                        + " (expected: all, or one of "
                        + String.join(
                                ", ", all.stream().map(Proposal.State::wireName).toList()) + ")"));
    }

    private ProposalDetail found(long id) {
        return proposals.find(id).orElseThrow(() -> new NotFoundException("There is no proposal " + id + "."));
    }

    private static void ended(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
