package dev.portcullis.console.access.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.AdminTokenRecord;
import dev.portcullis.console.access.AdminTokenService;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/admin-tokens`: make, list, revoke.
@RestController
@RequestMapping("/api/v1/admin-tokens")
@Tag(name = "admin-tokens", description = "Tokens of programs that use this API")
class AdminTokenResource {
    private final AdminTokenService tokens;
    private final Actor actor;

    AdminTokenResource(AdminTokenService tokens, Actor actor) {
        this.tokens = tokens;
        this.actor = actor;
    }

    record Request(Optional<String> name, Optional<List<String>> roles) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            UUID id, String name, List<String> roles, OffsetDateTime createdAt, Optional<OffsetDateTime> revokedAt) {
        static View of(AdminTokenRecord token) {
            return new View(token.id(), token.name(), token.roles(), token.createdAt(), token.revokedAt());
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
    @Operation(summary = "All tokens by name; never the tokens themselves")
    Page<View> list() {
        return new Page<>(tokens.list().stream().map(View::of).toList(), Optional.empty());
    }

    @PostMapping
    @Operation(
            summary =
                    "Make a token with roles (VIEWER, AUDITOR, EDITOR, APPROVER, ADMIN, PUBLISHER, BUNDLES); the answer holds it, this once")
    ResponseEntity<Made> create(@RequestBody Request request) {
        try {
            var name = request.name().orElseThrow(() -> new BadRequestException("name: (expected)"));
            var token = tokens.create(name, request.roles().orElse(List.of()), actor.name());
            return ResponseEntity.status(HttpStatus.CREATED)
                    .cacheControl(CacheControl.noStore())
                    .body(new Made(name, token.text()));
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
