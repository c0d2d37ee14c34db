package dev.portcullis.console.kills.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.kills.KillOrder;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillScopeJson;
import dev.portcullis.console.kills.KillService;
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
import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/kills`: engage, release, list.
@RestController
@RequestMapping("/api/v1/kills")
@Tag(name = "kills", description = "The kill switch")
class KillResource {
    private final KillService kills;
    private final Actor actor;

    KillResource(KillService kills, Actor actor) {
        this.kills = kills;
        this.actor = actor;
    }

    /// @param scope `{"organization": true}`, or lists under `routes`, `clients`, `tools`
    record Request(
            Optional<JsonNode> scope,
            Optional<String> reason,
            Optional<String> message,
            Optional<OffsetDateTime> until) {

        KillOrder order() {
            return new KillOrder(
                    KillScopeJson.read(scope.orElseThrow(() -> new IllegalArgumentException("scope: (expected)"))),
                    reason.orElseThrow(() -> new IllegalArgumentException("reason: (expected)")),
                    message,
                    until);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            UUID id,
            JsonNode scope,
            String reason,
            Optional<String> message,
            Optional<OffsetDateTime> until,
            String by,
            OffsetDateTime engagedAt,
            Optional<String> releasedBy,
            Optional<OffsetDateTime> releasedAt,
            List<KillRecord.Acknowledgement> acknowledgements) {

        static View of(KillRecord kill) {
            return new View(
                    kill.id(),
                    KillScopeJson.write(kill.scope()),
                    kill.reason(),
                    kill.message(),
                    kill.until(),
                    kill.engagedBy(),
                    kill.engagedAt(),
                    kill.releasedBy(),
                    kill.releasedAt(),
                    kill.acknowledgements());
        }
    }

    @GetMapping
    @Operation(summary = "Engaged kills; with `all=true` also those that are over, newest first")
    Page<View> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        var found = all ? kills.history(Page.checkLimit(limit)) : kills.engaged();
        return new Page<>(found.stream().map(View::of).toList(), Optional.empty());
    }

    @PostMapping
    @Operation(summary = "Stop something now")
    ResponseEntity<View> engage(@RequestBody Request request) {
        try {
            var kill = kills.engage(request.order(), actor.name());
            return ResponseEntity.created(URI.create("/api/v1/kills/" + kill.id()))
                    .body(View.of(kill));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Let it go on; releasing twice changes nothing")
    void release(@PathVariable UUID id) {
        if (kills.release(id, actor.name()).isEmpty()) {
            throw new NotFoundException("There is no kill " + id + ".");
        }
    }
}
