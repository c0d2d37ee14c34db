package dev.portcullis.console.events.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.AdminEventService;
import dev.portcullis.console.events.EventFilter;
import dev.portcullis.console.events.RecordedEvent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.OffsetDateTime;
import java.util.Optional;

/// `/api/v1/admin-events`: who did what.
@RestController
@RequestMapping("/api/v1/admin-events")
@Tag(name = "admin-events", description = "What admins have done, and what auditors have seen")
class AdminEventResource {
    private final AdminEventService events;

    AdminEventResource(AdminEventService events) {
        this.events = events;
    }

    @GetMapping
    @Operation(summary = "Admin events, newest first")
    Page<RecordedEvent> list(
            @RequestParam Optional<String> actor,
            @RequestParam Optional<String> event,
            @RequestParam Optional<String> subject,
            @RequestParam Optional<OffsetDateTime> from,
            @RequestParam Optional<OffsetDateTime> to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor) {
        var wanted = Page.checkLimit(limit);
        var fetched = events.list(
                new EventFilter(actor, event, subject, from, to), cursor.map(AdminEventResource::cursor), wanted + 1);
        return Page.of(fetched, wanted, found -> found.cursor().encode());
    }

    private static PageCursor cursor(String encoded) {
        return PageCursor.decode(encoded)
                .orElseThrow(
                        () -> new BadRequestException("cursor: " + encoded + " (expected: a `next` of this list)"));
    }
}
