package dev.portcullis.console.access.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.AdminTokenRecord;
import dev.portcullis.console.access.AdminTokenService;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.ends.Ending;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// `/api/v1/admin-tokens`: make, list, revoke.
@RestController
@RequestMapping("/api/v1/admin-tokens")
@Tag(name = "admin-tokens", description = "Tokens of programs that use this API")
class AdminTokenResource {
    private final AdminTokenService tokens;
    private final Actor actor;
    private final Clock clock;

    AdminTokenResource(AdminTokenService tokens, Actor actor, Clock clock) {
        this.tokens = tokens;
        this.actor = actor;
        this.clock = clock;
    }

    record Request(
            Optional<String> name,
            Optional<List<String>> roles,
            @Schema(format = "date-time") Optional<String> expiresAt) {}

    record NewEnd(@Schema(format = "date-time") Optional<String> expiresAt, Optional<Long> revision) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            UUID id,
            String name,
            List<String> roles,
            OffsetDateTime createdAt,
            Optional<OffsetDateTime> expiresAt,
            long revision,
            Optional<OffsetDateTime> revokedAt) {
        static View of(AdminTokenRecord token) {
            return new View(
                    token.id(),
                    token.name(),
                    token.roles(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.revision(),
                    token.revokedAt());
        }
    }

    /// @param token the whole token, this once
    record Made(String name, String token) {
        @Override
        public String toString() {
            return "Made[name=" + name + "]";
        }
    }

    @GetMapping
    @Operation(
            summary = "All tokens by name; never the tokens themselves",
            description =
                    "`ends` is all, expiring (within 14 days) or ended; with the last two without those that were revoked.")
    Page<View> list(@RequestParam Optional<String> ends) {
        try {
            var wanted = Ending.wanted(ends);
            var now = clock.instant();
            return new Page<>(
                    tokens.list().stream()
                            .filter(token -> wanted == Ending.ALL
                                    || (token.revokedAt().isEmpty() && wanted.fits(token.expiresAt(), now)))
                            .map(View::of)
                            .toList(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping
    @Operation(
            summary =
                    "Make a token with roles (VIEWER, AUDITOR, EDITOR, APPROVER, ADMIN, PUBLISHER, BUNDLES); the answer holds it, this once",
            description = "From `expiresAt` on, if there is one, it is refused like one that was revoked.")
    ResponseEntity<Made> create(@RequestBody Request request) {
        try {
            var name = request.name().orElseThrow(() -> new BadRequestException("name: (expected)"));
            var token = tokens.create(
                    name, request.roles().orElse(List.of()), request.expiresAt().map(End::read), actor.name());
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(new Made(name, token.text()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PutMapping("/{id}/end")
    @Operation(
            summary = "Give a good token another end: {expiresAt, revision?}",
            description = "409 when it is revoked or over, or `revision` is no longer the one it has.")
    View changeEnd(@PathVariable UUID id, @RequestBody NewEnd wanted) {
        if (wanted.expiresAt().isEmpty()) {
            throw new BadRequestException("expiresAt: (expected: a time to come; DELETE takes the end away)");
        }
        return change(id, wanted.expiresAt(), wanted.revision());
    }

    @DeleteMapping("/{id}/end")
    @Operation(
            summary = "Let a good token be good until it is revoked",
            description = "409 when it is revoked or over, or `revision` is no longer the one it has.")
    View removeEnd(@PathVariable UUID id, @RequestParam Optional<Long> revision) {
        return change(id, Optional.empty(), revision);
    }

    private View change(UUID id, Optional<String> end, Optional<Long> revision) {
        try {
            return tokens.changeEnd(
                            id,
                            end.map(End::read),
                            revision.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                            actor.name())
                    .map(View::of)
                    .orElseThrow(() -> new NotFoundException("There is no token " + id + "."));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Make a token worthless, for ever; revoking twice changes nothing")
    void revoke(@PathVariable UUID id) {
        if (tokens.revoke(id, actor.name()).isEmpty()) {
            throw new NotFoundException("There is no token " + id + ".");
        }
    }
}
