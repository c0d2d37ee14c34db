package dev.portcullis.console.policy.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.Submitted;
import dev.portcullis.console.publication.PublicationService;
import dev.portcullis.console.publication.api.SubmittedAnswer;
import dev.portcullis.policy.document.DocumentProblem;
import dev.portcullis.policy.document.ReadResult;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// `/api/v1/policy`: the published document, the draft, validation, publication, history, restore.
@RestController
@RequestMapping("/api/v1/policy")
@Tag(name = "policy", description = "The policy document; application/yaml and application/json both ways")
class PolicyResource {
    private static final String ANY = "*/*";

    private static final String WAITS =
            " Answers 202 with `{proposal}` when it waits for its time, or where a second person has to approve it.";

    private final PolicyService policies;
    private final PublicationService publications;
    private final Actor actor;

    PolicyResource(PolicyService policies, PublicationService publications, Actor actor) {
        this.policies = policies;
        this.publications = publications;
        this.actor = actor;
    }

    /// @param comment why; required
    /// @param at when; now if left out
    record PublishRequest(Optional<String> comment, Optional<OffsetDateTime> at) {}

    /// @param tests how many tests of the organization's own Rego passed; absent when it was not looked at
    record Validation(boolean valid, List<DocumentProblem> warnings, OptionalInt tests) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record VersionItem(
            long version,
            String comment,
            String author,
            OffsetDateTime publishedAt,
            Optional<String> source,
            Optional<String> approver,
            Optional<String> approvalComment,
            Optional<Long> proposal) {
        static VersionItem of(PolicyVersion version) {
            return new VersionItem(
                    version.version(),
                    version.comment(),
                    version.author(),
                    version.publishedAt(),
                    version.source(),
                    version.approval().map(PolicyVersion.Approval::approver),
                    version.approval().map(PolicyVersion.Approval::comment),
                    version.proposal());
        }
    }

    @GetMapping
    @Operation(summary = "The document in force")
    ResponseEntity<byte[]> published(
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = ANY) List<String> accept) {
        return document(inForce(), accept);
    }

    @PutMapping
    @Operation(
            summary = "Publish a document whatever the draft says; what a pipeline does",
            description = "`comment` says why, `source` what the document is called in its repository." + WAITS)
    ResponseEntity<SubmittedAnswer> publishDocument(
            @RequestBody byte[] body,
            @RequestParam Optional<String> comment,
            @RequestParam Optional<String> source,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        try {
            return SubmittedAnswer.of(publications.publishFrom(
                    source.map(PolicyTexts::source),
                    PolicyTexts.document(body),
                    PolicyTexts.comment(comment),
                    actor.name(),
                    actor.isPublisher(),
                    PolicyTexts.expectation(ifMatch)));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/draft")
    @Operation(summary = "The document under work")
    ResponseEntity<byte[]> draft(@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = ANY) List<String> accept) {
        var draft = policies.draft();
        var version = policies.published().map(PolicyVersion::version).orElse(0L);
        return document(draft.document(), draft.tag(), version, accept);
    }

    @PutMapping("/draft")
    @Operation(summary = "Replace the document under work; it must be valid")
    ResponseEntity<Void> saveDraft(
            @RequestBody byte[] body, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var document = PolicyTexts.document(body);
        valid(document);
        var draft = policies.saveDraft(document, actor.name(), PolicyTexts.expectation(ifMatch));
        return ResponseEntity.noContent().eTag(draft.tag()).build();
    }

    @DeleteMapping("/draft")
    @Operation(summary = "Discard the document and the modules under work; the draft is what is in force again")
    ResponseEntity<Void> discardDraft(@RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var draft = policies.discardDraft(actor.name(), PolicyTexts.expectation(ifMatch));
        return ResponseEntity.noContent().eTag(draft.tag()).build();
    }

    @PostMapping("/validate")
    @Operation(
            summary = "Check a document; the draft with its modules when there is no body",
            description =
                    "Few drafts with modules are checked at once: all others are answered with 503 and `Retry-After`.")
    Validation validate(@RequestBody(required = false) Optional<byte[]> body) {
        var given = body.filter(bytes -> bytes.length > 0).map(PolicyTexts::document);
        if (given.isPresent()) {
            return new Validation(true, valid(given.get()).warnings(), OptionalInt.empty());
        }
        var draft = policies.draft().document();
        var warnings = valid(draft).warnings();
        return new Validation(true, warnings, OptionalInt.of(policies.validate(draft, policies.draftModules())));
    }

    @PostMapping("/publish")
    @Operation(summary = "Publish the draft, now or at a time: {comment, at?}", description = WAITS)
    ResponseEntity<SubmittedAnswer> publish(
            @RequestBody PublishRequest request, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var comment = PolicyTexts.comment(request.comment());
        return submitted(
                () -> publications.publishDraft(comment, actor.name(), request.at(), PolicyTexts.expectation(ifMatch)));
    }

    @GetMapping("/versions")
    @Operation(summary = "Published versions, newest first")
    Page<VersionItem> versions(
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit, @RequestParam Optional<Long> cursor) {
        var wanted = Page.checkLimit(limit);
        var before = cursor.map(OptionalLong::of).orElseGet(OptionalLong::empty);
        var items = policies.history(before, wanted + 1).stream()
                .map(VersionItem::of)
                .toList();
        return Page.of(items, wanted, item -> Long.toString(item.version()));
    }

    @GetMapping("/versions/{version}")
    @Operation(summary = "The document of a version")
    ResponseEntity<byte[]> version(
            @PathVariable long version,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = ANY) List<String> accept) {
        return document(policies.version(version).orElseThrow(() -> noVersion(version)), accept);
    }

    @PostMapping("/versions/{version}/restore")
    @Operation(summary = "Publish the document of an earlier version again, now or at a time", description = WAITS)
    ResponseEntity<SubmittedAnswer> restore(
            @PathVariable long version,
            @RequestParam Optional<OffsetDateTime> at,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return submitted(() -> publications
                .restore(version, actor.name(), at, PolicyTexts.expectation(ifMatch))
                .orElseThrow(() -> noVersion(version)));
    }

    private static ResponseEntity<SubmittedAnswer> submitted(Supplier<Submitted> submission) {
        try {
            return SubmittedAnswer.of(submission.get());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private PolicyVersion inForce() {
        return policies.published().orElseThrow(() -> new NotFoundException("No policy has been published yet."));
    }

    private ReadResult.Valid valid(String document) {
        return switch (policies.validate(document)) {
            case ReadResult.Invalid invalid -> throw new InvalidPolicyException(invalid);
            case ReadResult.Valid valid -> valid;
        };
    }

    private ResponseEntity<byte[]> document(PolicyVersion version, List<String> accept) {
        return document(version.document(), version.tag(), version.version(), accept);
    }

    private ResponseEntity<byte[]> document(String text, String tag, long version, List<String> accept) {
        var form = PolicyTexts.accepted(accept);
        if (form.isEmpty()) {
            return ResponseEntity.status(HttpStatus.NOT_ACCEPTABLE).build();
        }
        if (policies.validate(text) instanceof ReadResult.Invalid invalid && !invalid.readable()) {
            throw new InvalidPolicyException(invalid);
        }
        return ResponseEntity.ok()
                .eTag(tag)
                .header(PolicyTexts.VERSION_HEADER, Long.toString(version))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .contentType(PolicyTexts.mediaType(form.get()))
                .body(form.get().render(text).getBytes(StandardCharsets.UTF_8));
    }

    private static NotFoundException noVersion(long version) {
        return new NotFoundException("There is no version " + version + ".");
    }
}
