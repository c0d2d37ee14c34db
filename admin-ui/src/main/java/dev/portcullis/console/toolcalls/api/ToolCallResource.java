package dev.portcullis.console.toolcalls.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.AskedTimes;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.BrokenOffResponse;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.api.PageCursor;
import dev.portcullis.console.toolcalls.ExportFormat;
import dev.portcullis.console.toolcalls.Revelation;
import dev.portcullis.console.toolcalls.SeenValues;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.toolcalls.ToolCallService;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// `/api/v1/tool-calls`: list, one, export.
@RestController
@RequestMapping("/api/v1/tool-calls")
@Tag(name = "tool-calls", description = "The audit trail")
class ToolCallResource {
    private static final Logger LOG = LoggerFactory.getLogger(ToolCallResource.class);

    /// Why somebody wants to see what callers have sent, for the record.
    private static final String REASON = "portcullis-reason";

    private static final String WHY = "Why arguments and results are wanted, for the record of who saw them";
    private static final String TEXT =
            "Some of the tool, action, caller, client or refusal, in whatever case; or the whole of an exchange's id, a"
                    + " trace's id or a session's hash";
    private static final String PAYLOADS =
            "Whether records come with arguments, their digest and results. Only the role AUDITOR gets them, and each"
                    + " request that shows some is recorded";

    /// As [ToolCall#OUTCOMES] has them.
    private static final String OUTCOMES =
            "One, or several with commas between them, such as `denied,refused`; of succeeded, denied, refused,"
                    + " tool_error, protocol_error, upstream_failed, cancelled, input_required, unknown";

    /// As [ToolCall#DECISIONS] has them.
    private static final String DECISIONS = "One of allowed, denied, undecided, none";

    private static final String RULE = "A rule that decided";

    private final ToolCallService calls;
    private final Actor actor;

    ToolCallResource(ToolCallService calls, Actor actor) {
        this.calls = calls;
        this.actor = actor;
    }

    @GetMapping
    @Operation(
            summary = "Exchanges, newest first",
            description =
                    "A page may have fewer items than `limit`, or none, and still a `next`: what is looked for is rare,"
                            + " and the search goes on from there.")
    Page<ToolCall> list(
            @RequestParam Optional<String> route,
            @RequestParam Optional<String> tool,
            @RequestParam Optional<String> caller,
            @RequestParam Optional<String> client,
            @Parameter(description = OUTCOMES) @RequestParam Optional<String> outcome,
            @Parameter(description = DECISIONS) @RequestParam Optional<String> decision,
            @Parameter(description = RULE) @RequestParam Optional<String> rule,
            @Parameter(description = TEXT) @RequestParam Optional<String> q,
            @Parameter(description = AskedTimes.FROM) @RequestParam Optional<OffsetDateTime> from,
            @Parameter(description = AskedTimes.TO) @RequestParam Optional<OffsetDateTime> to,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit,
            @RequestParam Optional<String> cursor,
            @Parameter(description = PAYLOADS) @RequestParam(defaultValue = "true") boolean payloads,
            @Parameter(description = WHY) @RequestHeader(REASON) Optional<String> reason) {
        var filter = new ToolCallFilter(route, tool, caller, client, outcome, decision, rule, q, from, to);
        var wanted = Page.checkLimit(limit);
        var after = cursor.map(ToolCallResource::cursor);
        var found = payloads && actor.isAuditor()
                ? calls.reveal(filter, after, wanted + 1, revelation(reason))
                : calls.search(filter, after, wanted + 1);
        return found.items().size() > wanted
                ? Page.of(found.items(), wanted, call -> call.cursor().encode())
                : new Page<>(found.items(), found.next().map(PageCursor::encode));
    }

    @GetMapping("/facets")
    @Operation(
            summary = "What there is to filter by: names in the newest exchanges, and in how many of these",
            description = "`among` is how many exchanges were looked at, at most 2,000.")
    SeenValues facets() {
        return calls.seen();
    }

    @GetMapping("/{id}")
    @Operation(summary = "One exchange")
    ToolCall byId(
            @PathVariable UUID id,
            @Parameter(description = PAYLOADS) @RequestParam(defaultValue = "true") boolean payloads,
            @Parameter(description = WHY) @RequestHeader(REASON) Optional<String> reason) {
        var found = payloads && actor.isAuditor() ? calls.reveal(id, revelation(reason)) : calls.byId(id);
        return found.orElseThrow(() -> new NotFoundException("There is no exchange " + id + "."));
    }

    @GetMapping(
            path = "/export",
            produces = {"application/x-ndjson", "text/csv"})
    @Operation(summary = "Every exchange the filter wants, as a stream without limit")
    void export(
            @RequestParam Optional<String> route,
            @RequestParam Optional<String> tool,
            @RequestParam Optional<String> caller,
            @RequestParam Optional<String> client,
            @Parameter(description = OUTCOMES) @RequestParam Optional<String> outcome,
            @Parameter(description = DECISIONS) @RequestParam Optional<String> decision,
            @Parameter(description = RULE) @RequestParam Optional<String> rule,
            @Parameter(description = TEXT) @RequestParam Optional<String> q,
            @Parameter(description = AskedTimes.FROM) @RequestParam Optional<OffsetDateTime> from,
            @Parameter(description = AskedTimes.TO) @RequestParam Optional<OffsetDateTime> to,
            @RequestParam(defaultValue = "ndjson") String format,
            @Parameter(description = PAYLOADS) @RequestParam(defaultValue = "true") boolean payloads,
            @Parameter(description = WHY) @RequestHeader(REASON) Optional<String> reason,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        var filter = new ToolCallFilter(route, tool, caller, client, outcome, decision, rule, q, from, to);
        var chosen = ExportFormat.named(format)
                .orElseThrow(() -> new BadRequestException("format: " + format + " (expected: ndjson or csv)"));
        var revelation = revelation(reason);
        response.setContentType(chosen.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tool-calls." + format + "\"");
        try {
            var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
            chosen.begin(out);
            calls.export(filter, chosen, payloads, revelation, call -> chosen.write(call, out));
            out.close();
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            // The writer stays open: closing it would be the end of a response that seems whole.
            BrokenOffResponse.mark(request);
            tell(e);
        }
    }

    private static void tell(Exception trouble) {
        if (trouble instanceof IOException || trouble instanceof UncheckedIOException) {
            // There is nobody left.
            LOG.debug("an export was not read to its end", trouble);
        } else {
            LOG.error("an export broke off; its reader has been disconnected", trouble);
        }
    }

    private Revelation revelation(Optional<String> reason) {
        try {
            return new Revelation(actor.name(), reason);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static PageCursor cursor(String encoded) {
        return PageCursor.decode(encoded)
                .orElseThrow(
                        () -> new BadRequestException("cursor: " + encoded + " (expected: a `next` of this list)"));
    }
}
