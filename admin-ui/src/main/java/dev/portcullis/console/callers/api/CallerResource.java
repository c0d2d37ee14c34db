package dev.portcullis.console.callers.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.callers.CallerFilter;
import dev.portcullis.console.callers.CallerService;
import dev.portcullis.console.callers.SessionCursor;
import dev.portcullis.console.callers.SessionFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/callers` and `/api/v1/sessions`: who uses what from where.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "callers", description = "Who uses what from where, as far as the audit trail has been counted")
class CallerResource {
    private final CallerService callers;
    private final Clock clock;

    CallerResource(CallerService callers, Clock clock) {
        this.callers = callers;
        this.clock = clock;
    }

    @GetMapping("/callers")
    @Operation(
            summary =
                    "Callers, the one seen last first, each with the five newest routes, clients and addresses; `text` is part of a name, `client` the beginning of one")
    Page<CallerView> list(
            @RequestParam Optional<String> text,
            @RequestParam Optional<String> kind,
            @RequestParam Optional<String> route,
            @RequestParam Optional<String> client,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        var wanted = Page.checkLimit(limit);
        var after = cursor.map(place -> PageCursor.decode(place).orElseThrow(CallerResource::badCursor));
        var page = Page.of(
                callers.callers(new CallerFilter(text, kind, route, client), after, wanted + 1),
                wanted,
                last -> new PageCursor(last.lastSeenAt(), last.id()).encode());
        return new Page<>(
                page.items().stream()
                        .map(one -> new CallerView(one, Optional.empty()))
                        .toList(),
                page.next());
    }

    @GetMapping("/callers/{id}")
    @Operation(summary = "A caller with its fifty newest routes, clients, addresses and sessions")
    CallerView find(@PathVariable UUID id) {
        var now = clock.instant();
        return callers.caller(id)
                .map(one -> new CallerView(
                        one,
                        Optional.of(callers
                                .sessions(
                                        new SessionFilter(Optional.of(id), Optional.empty(), false),
                                        Optional.empty(),
                                        Page.DEFAULT_LIMIT)
                                .stream()
                                .map(session -> SessionView.of(session, now))
                                .toList())))
                .orElseThrow(() -> new NotFoundException("There is no caller " + id + "."));
    }

    @GetMapping("/sessions")
    @Operation(
            summary =
                    "Sessions, the one used last first; `active=true` for those used within half an hour, neither ended nor revoked")
    Page<SessionView> sessions(
            @RequestParam Optional<UUID> caller,
            @RequestParam Optional<String> route,
            @RequestParam(defaultValue = "false") boolean active,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        var wanted = Page.checkLimit(limit);
        var now = clock.instant();
        var after = cursor.map(place -> SessionCursor.decode(place).orElseThrow(CallerResource::badCursor));
        var page = Page.of(
                callers.sessions(new SessionFilter(caller, route, active), after, wanted + 1),
                wanted,
                last -> new SessionCursor(last.lastSeenAt(), last.session()).encode());
        return new Page<>(
                page.items().stream()
                        .map(session -> SessionView.of(session, now))
                        .toList(),
                page.next());
    }

    private static BadRequestException badCursor() {
        return new BadRequestException("cursor: (expected: `next` of a page)");
    }
}
