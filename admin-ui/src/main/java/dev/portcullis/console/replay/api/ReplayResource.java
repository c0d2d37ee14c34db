package dev.portcullis.console.replay.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policy.api.PolicyChoices;
import dev.portcullis.console.replay.ReplayOrder;
import dev.portcullis.console.replay.ReplayOrder.Baseline;
import dev.portcullis.console.replay.ReplayService;
import dev.portcullis.console.replay.ReplayStatus;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// `/api/v1/policy/replay`: what a policy would have said to what has happened.
@RestController
@RequestMapping("/api/v1/policy/replay")
@Tag(name = "policy")
class ReplayResource {
    private static final Duration DAY = Duration.ofDays(1);
    /// Long enough for the records of a day, and shorter than most proxies wait.
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final Set<String> KEYS =
            Set.of("from", "to", "policy", "baseline", "samples", "limit", "background");

    private final ReplayService replays;
    private final Clock clock;

    ReplayResource(ReplayService replays, Clock clock) {
        this.replays = replays;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Puts recorded exchanges to a policy and says what would change",
            description = "202 when it goes on in the background: ask again at the Location, or DELETE it.")
    ResponseEntity<ReplayStatus> replay(@RequestBody byte[] body) throws InterruptedException {
        var place = JsonPlace.of(body).withKeys(KEYS);
        var background = place.get("background").map(JsonPlace::flag).orElse(false);
        var status = replays.start(order(place), background ? Duration.ZERO : PATIENCE);
        return status.isRunning()
                ? ResponseEntity.accepted()
                        .location(URI.create("/api/v1/policy/replay/" + status.id()))
                        .body(status)
                : ResponseEntity.ok(status);
    }

    @GetMapping("/{id}")
    @Operation(summary = "How a replay stands")
    ReplayStatus status(@PathVariable UUID id) {
        return replays.status(id).orElseThrow(() -> new NotFoundException("There is no replay " + id + "."));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends a replay")
    void cancel(@PathVariable UUID id) {
        if (!replays.cancel(id)) {
            throw new NotFoundException("There is no replay " + id + ".");
        }
    }

    private ReplayOrder order(JsonPlace place) {
        var to = place.get("to").map(JsonPlace::time).orElseGet(clock::instant);
        try {
            return new ReplayOrder(
                    place.get("from").map(JsonPlace::time).orElseGet(() -> to.minus(DAY)),
                    to,
                    place.get("policy").map(PolicyChoices::read).orElseGet(PolicyChoice.Draft::new),
                    place.get("baseline").map(ReplayResource::baseline).orElse(Baseline.RECORDED),
                    place.get("samples")
                            .map(samples -> samples.number(0, ReplayOrder.MOST_SAMPLES))
                            .orElse(ReplayOrder.USUAL_SAMPLES),
                    place.get("limit")
                            .map(limit -> limit.number(1, ReplayOrder.MOST_RECORDS))
                            .orElse(ReplayOrder.USUAL_RECORDS));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static Baseline baseline(JsonPlace place) {
        return switch (place.oneOf(List.of("recorded", "published"))) {
            case "published" -> Baseline.PUBLISHED;
            default -> Baseline.RECORDED;
        };
    }
}
