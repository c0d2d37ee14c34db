package dev.portcullis.console.storage.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.storage.HoldOrder;
import dev.portcullis.console.storage.HoldService;
import dev.portcullis.console.storage.LegalHold;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// `/api/v1/audit/holds`: place, release, list.
@RestController
@RequestMapping("/api/v1/audit/holds")
@Tag(name = "audit", description = "How the audit trail is kept")
class HoldResource {
    private static final Set<String> KEYS = Set.of("organization", "from", "to", "reason");

    private final HoldService holds;
    private final Actor actor;

    HoldResource(HoldService holds, Actor actor) {
        this.holds = holds;
        this.actor = actor;
    }

    @GetMapping
    @Operation(summary = "Legal holds that keep something; with `all=true` also released ones, newest first")
    Page<LegalHold> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        return new Page<>(all ? holds.history(Page.checkLimit(limit)) : holds.engaged(), Optional.empty());
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Keep the records of a time: {organization?, from?, to?, reason}",
            description =
                    "No part of the trail that has a moment of `[from, to)` is dropped until the hold is released."
                            + " Without `from` it goes back to the beginning, without `to` it has no end.")
    ResponseEntity<LegalHold> place(@RequestBody byte[] body) {
        var place = JsonPlace.of(body).withKeys(KEYS);
        try {
            var order = new HoldOrder(
                    place.get("organization").map(JsonPlace::text),
                    place.get("from").map(HoldResource::time),
                    place.get("to").map(HoldResource::time),
                    place.required("reason", "why, for the record").text());
            var hold = holds.place(order, actor.name());
            return ResponseEntity.created(URI.create("/api/v1/audit/holds/" + hold.id()))
                    .body(hold);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Release a hold, and say why; releasing twice changes nothing")
    void release(@PathVariable UUID id, @RequestParam Optional<String> reason) {
        try {
            if (holds.release(id, reason, actor.name()).isEmpty()) {
                throw new NotFoundException("There is no legal hold " + id + ".");
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static OffsetDateTime time(JsonPlace place) {
        return place.time().atOffset(ZoneOffset.UTC);
    }
}
