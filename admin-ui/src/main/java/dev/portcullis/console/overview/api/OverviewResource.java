package dev.portcullis.console.overview.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.overview.Overview;
import dev.portcullis.console.overview.OverviewService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/// `/api/v1/overview`.
@RestController
@RequestMapping("/api/v1/overview")
@Tag(name = "overview", description = "How the gateway is doing")
class OverviewResource {
    private static final Duration USUAL = Duration.ofDays(1);

    private final OverviewService overview;
    private final Clock clock;

    OverviewResource(OverviewService overview, Clock clock) {
        this.overview = overview;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Calls, refusals, errors and latency over time, top names, and what needs attention",
            description =
                    "Counts are kept beside the audit trail, a few seconds behind it. The period is made longer to begin"
                            + " and end with a step: of five minutes for the last two days, of an hour for the last 35"
                            + " days, of a day before; `from` and `to` of the answer say so. Latencies are in"
                            + " microseconds, within a tenth.")
    Overview overview(
            @Parameter(description = "Inclusive; a day before `to` when it is left out") @RequestParam
                    Optional<OffsetDateTime> from,
            @Parameter(description = "Exclusive; now when it is left out") @RequestParam Optional<OffsetDateTime> to) {
        var end = to.orElseGet(() -> OffsetDateTime.now(clock));
        try {
            return overview.overview(from.orElseGet(() -> end.minus(USUAL)), end);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
