package dev.portcullis.console.sinks.api;

import dev.portcullis.console.api.Page;
import dev.portcullis.console.sinks.SinkService;
import dev.portcullis.console.sinks.SinkStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// `/api/v1/sinks`.
@RestController
@RequestMapping("/api/v1/sinks")
@Tag(name = "sinks", description = "Where the audit trail is sent to")
class SinkResource {
    private final SinkService sinks;
    private final Clock clock;

    SinkResource(SinkService sinks, Clock clock) {
        this.sinks = sinks;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Every configured sink that has begun, and how far behind it is")
    Page<SinkStatus> list() {
        return new Page<>(sinks.all(), Optional.empty());
    }

    @GetMapping(path = "/metrics", produces = SinkMetrics.MEDIA_TYPE)
    @Operation(summary = "The same as metrics for Prometheus")
    String metrics() {
        return SinkMetrics.of(sinks.all(), Instant.now(clock));
    }
}
