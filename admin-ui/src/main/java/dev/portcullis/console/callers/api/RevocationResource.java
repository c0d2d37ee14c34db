package dev.portcullis.console.callers.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.callers.Revocation;
import dev.portcullis.console.callers.RevocationOrder;
import dev.portcullis.console.callers.RevocationService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/revocations`: takes sessions and grants back.
@RestController
@RequestMapping("/api/v1/revocations")
@Tag(name = "revocations", description = "Sessions and grants that were taken back before their own end")
class RevocationResource {
    private final RevocationService revocations;
    private final Actor actor;

    RevocationResource(RevocationService revocations, Actor actor) {
        this.revocations = revocations;
        this.actor = actor;
    }

    /// @param kind `session` or `grant`
    /// @param subject of a session, the digest of its id; of a grant, the caller, `<issuer>:<subject>`
    record RevocationRequest(Optional<String> kind, Optional<String> subject, Optional<String> reason) {
        RevocationOrder order() {
            return new RevocationOrder(
                    kind.flatMap(RevocationOrder.Kind::named)
                            .orElseThrow(() -> new IllegalArgumentException("kind: (expected: session or grant)")),
                    subject.orElse(""),
                    reason.orElse(""));
        }
    }

    @GetMapping
    @Operation(summary = "What is revoked, the newest first; with `all=true` also what is over")
    Page<Revocation> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        return new Page<>(revocations.list(all, Page.checkLimit(limit)), Optional.empty());
    }

    @PostMapping
    @Operation(
            summary = "Take back a session or a grant: {kind, subject, reason}",
            description =
                    "A `session` is named by the digest that records have of its id: every request of it is refused from"
                            + " now on. A `grant` is named by its caller, `<issuer>:<subject>`: every token of theirs"
                            + " that was issued before now is refused.")
    ResponseEntity<Revocation> revoke(@RequestBody RevocationRequest request) {
        try {
            var made = revocations.revoke(request.order(), actor.name());
            return ResponseEntity.created(URI.create("/api/v1/revocations/" + made.id()))
                    .body(made);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Let it be good again, and say why; lifting twice changes nothing")
    void lift(@PathVariable UUID id, @RequestParam Optional<String> reason) {
        try {
            if (revocations.lift(id, reason, actor.name()).isEmpty()) {
                throw new NotFoundException("There is no revocation " + id + ".");
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
