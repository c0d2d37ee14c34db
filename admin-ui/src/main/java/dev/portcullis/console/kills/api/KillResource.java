package dev.portcullis.console.kills.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.ReplicaService;
import dev.portcullis.policy.KillJson;
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
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/kills`: engage, release, list.
@RestController
@RequestMapping("/api/v1/kills")
@Tag(name = "kills", description = "The kill switch")
class KillResource {
    private final KillService kills;
    private final ReplicaService replicas;
    private final Actor actor;
    private final Clock clock;

    KillResource(KillService kills, ReplicaService replicas, Actor actor, Clock clock) {
        this.kills = kills;
        this.replicas = replicas;
        this.actor = actor;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Engaged kills; with `all=true` also those that are over, newest first")
    Page<KillView> list(
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        var found = all ? kills.history(Page.checkLimit(limit)) : kills.engaged();
        var alive = alive();
        var now = clock.instant();
        return new Page<>(
                found.stream().map(kill -> KillView.of(kill, alive, now)).toList(), Optional.empty());
    }

    @PostMapping
    @Operation(
            summary = "Stop something now: {scope, exempt?, reason, message?, until?}",
            description =
                    "`scope` is {\"organization\": true}, or lists under routes, groups, callers, clients, tools, all"
                            + " of which must match; `exempt` is {\"groups\": [...]}. The answer names kills that are engaged already"
                            + " and stop the same, as `sameScope`.")
    ResponseEntity<KillView> engage(@RequestBody JsonNode request) {
        try {
            var order = KillJson.order(request);
            var same = kills.sameAs(order).stream().map(KillRecord::id).toList();
            var kill = kills.engage(order, actor.name());
            return ResponseEntity.created(URI.create("/api/v1/kills/" + kill.id()))
                    .body(KillView.of(kill, alive(), clock.instant()).besides(same));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Let it go on, and say why; releasing twice changes nothing")
    void release(@PathVariable UUID id, @RequestParam Optional<String> reason) {
        try {
            if (kills.release(id, reason, actor.name()).isEmpty()) {
                throw new NotFoundException("There is no kill " + id + ".");
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private List<String> alive() {
        return replicas.alive().stream().map(Replica::replica).toList();
    }
}
