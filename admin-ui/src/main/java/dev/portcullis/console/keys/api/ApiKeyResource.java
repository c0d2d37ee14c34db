package dev.portcullis.console.keys.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.keys.ApiKeyCursor;
import dev.portcullis.console.keys.ApiKeyFilter;
import dev.portcullis.console.keys.ApiKeyFilter.Standing;
import dev.portcullis.console.keys.ApiKeyOrder;
import dev.portcullis.console.keys.ApiKeyRecord;
import dev.portcullis.console.keys.ApiKeyService;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/api-keys`: make, list, revoke.
@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "api-keys", description = "Keys of callers")
class ApiKeyResource {
    private final ApiKeyService keys;
    private final Actor actor;

    ApiKeyResource(ApiKeyService keys, Actor actor) {
        this.keys = keys;
        this.actor = actor;
    }

    record Request(
            Optional<String> name,
            Optional<List<String>> routes,
            Optional<List<String>> groups,
            Optional<List<String>> networks,
            @Schema(format = "date-time") Optional<String> expiresAt) {

        ApiKeyOrder order() {
            return new ApiKeyOrder(
                    name.orElseThrow(() -> new IllegalArgumentException("name: (expected)")),
                    routes,
                    groups.orElse(List.of()),
                    networks.orElse(List.of()),
                    expiresAt.map(End::read));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            UUID id,
            String name,
            String prefix,
            Optional<List<String>> routes,
            List<String> groups,
            List<String> networks,
            Optional<OffsetDateTime> expiresAt,
            String createdBy,
            OffsetDateTime createdAt,
            Optional<String> revokedBy,
            Optional<OffsetDateTime> revokedAt,
            Optional<OffsetDateTime> lastUsedAt,
            Optional<String> lastUsedAddress) {

        static View of(ApiKeyRecord key) {
            return new View(
                    key.id(),
                    key.name(),
                    key.prefix(),
                    key.routes(),
                    key.groups(),
                    key.networks(),
                    key.expiresAt(),
                    key.createdBy(),
                    key.createdAt(),
                    key.revokedBy(),
                    key.revokedAt(),
                    key.lastUsedAt(),
                    key.lastUsedAddress());
        }
    }

    /// @param key the whole key, this once
    record Made(@JsonUnwrapped View view, String key) {
        @Override
        public String toString() {
            return "Made[view=" + view + "]";
        }
    }

    @GetMapping
    @Operation(
            summary = "Good keys by name; with `all=true` also those that were revoked. Never the keys themselves",
            description =
                    "In pages when `limit` or `cursor` is given. `state` is current, expiring (within 14 days), ended, revoked"
                            + " or all; `q` looks in names, groups and the beginnings of keys.")
    Page<View> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam Optional<String> state,
            @RequestParam Optional<String> q,
            @RequestParam Optional<String> route,
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> cursor) {
        var filter = new ApiKeyFilter(q, route, standing(state, all));
        if (filter.equals(ApiKeyFilter.of(standing(Optional.empty(), all))) && limit.isEmpty() && cursor.isEmpty()) {
            return new Page<>(keys.list(all).stream().map(View::of).toList(), Optional.empty());
        }
        var wanted = Page.checkLimit(limit.orElse(Page.DEFAULT_LIMIT));
        var found = keys.page(filter, cursor.map(ApiKeyResource::cursor), wanted + 1);
        var page = Page.of(found, wanted, last -> ApiKeyCursor.after(last).encode());
        return new Page<>(page.items().stream().map(View::of).toList(), page.next());
    }

    private static Standing standing(Optional<String> state, boolean all) {
        return state.map(name -> Standing.named(name)
                        .orElseThrow(() -> new BadRequestException(
                                "state: " + name + " (expected: current, expiring, ended, revoked or all)")))
                .orElse(all ? Standing.ALL : Standing.CURRENT);
    }

    private static ApiKeyCursor cursor(String encoded) {
        return ApiKeyCursor.decode(encoded)
                .orElseThrow(() -> new BadRequestException("cursor: (expected: `next` of the page before)"));
    }

    @PostMapping
    @Operation(
            summary = "Make a key; the answer holds it, this once",
            description = "`expiresAt` is when it ends by itself, within ten years.")
    ResponseEntity<Made> create(@RequestBody Request request) {
        try {
            var made = keys.create(request.order(), actor.name());
            return ResponseEntity.created(
                            URI.create("/api/v1/api-keys/" + made.record().id()))
                    .cacheControl(CacheControl.noStore())
                    .body(new Made(View.of(made.record()), made.key().reveal()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Make a key worthless, for ever, and say why; revoking twice changes nothing")
    void revoke(@PathVariable UUID id, @RequestParam Optional<String> reason) {
        try {
            if (keys.revoke(id, reason, actor.name()).isEmpty()) {
                throw new NotFoundException("There is no key " + id + ".");
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
