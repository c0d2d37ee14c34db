package dev.portcullis.console.events.api;

import dev.portcullis.console.api.AskedTimes;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.BrokenOffResponse;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.events.AdminEventService;
import dev.portcullis.console.events.EventFilter;
import dev.portcullis.console.events.EventNames;
import dev.portcullis.console.events.RecordedEvent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/admin-events`: who did what.
@RestController
@RequestMapping("/api/v1/admin-events")
@Tag(name = "admin-events", description = "What admins have done, and what auditors have seen")
class AdminEventResource {
    private static final Logger LOG = LoggerFactory.getLogger(AdminEventResource.class);

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
            @Parameter(description = AskedTimes.FROM) @RequestParam Optional<OffsetDateTime> from,
            @Parameter(description = AskedTimes.TO) @RequestParam Optional<OffsetDateTime> to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor) {
        var wanted = Page.checkLimit(limit);
        var fetched = events.list(
                new EventFilter(actor, event, subject, from, to), cursor.map(AdminEventResource::cursor), wanted + 1);
        return Page.of(fetched, wanted, found -> found.cursor().encode());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One admin event")
    RecordedEvent byId(@PathVariable UUID id) {
        return events.byId(id).orElseThrow(() -> new NotFoundException("There is no admin event " + id + "."));
    }

    @GetMapping("/names")
    @Operation(summary = "The kinds of events there are, and who did something; to filter by")
    EventNames names() {
        return events.names();
    }

    @GetMapping(path = "/export", produces = "application/x-ndjson")
    @Operation(summary = "Every admin event the filter wants, newest first, as a stream without limit")
    void export(
            @RequestParam Optional<String> actor,
            @RequestParam Optional<String> event,
            @RequestParam Optional<String> subject,
            @Parameter(description = AskedTimes.FROM) @RequestParam Optional<OffsetDateTime> from,
            @Parameter(description = AskedTimes.TO) @RequestParam Optional<OffsetDateTime> to,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        var filter = new EventFilter(actor, event, subject, from, to);
        response.setContentType("application/x-ndjson;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"admin-events.ndjson\"");
        try {
            var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
            events.export(filter, found -> found.writeTo(out));
            out.close();
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            BrokenOffResponse.mark(request);
            LOG.warn("an export of admin events broke off; its reader has been disconnected", e);
        }
    }

    private static PageCursor cursor(String encoded) {
        return PageCursor.decode(encoded)
                .orElseThrow(
                        () -> new BadRequestException("cursor: " + encoded + " (expected: a `next` of this list)"));
    }
}
