package dev.portcullis.console.trail.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.toolcalls.ToolCallFilter;
import dev.portcullis.console.trail.Places;
import dev.portcullis.console.trail.TailService;
import dev.portcullis.console.trail.TooManyListenersException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Optional;

/// `/api/v1/tool-calls/stream`.
///
/// The request thread answers with the head; a virtual thread of its own writes the rest and may wait
/// for its reader.
@RestController
@RequestMapping("/api/v1/tool-calls/stream")
@Tag(name = "tool-calls")
class TailResource {
    private static final Logger LOG = LoggerFactory.getLogger(TailResource.class);

    private final TailService tail;
    private final Actor actor;

    TailResource(TailService tail, Actor actor) {
        this.tail = tail;
        this.actor = actor;
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Exchanges the filter wants as they are recorded, as server-sent events",
            description =
                    "Each event `tool-call` has one exchange as its data, in the order of its chain. Ids are opaque; "
                            + "with the last one as `Last-Event-ID` a new stream goes on without loss. A stream ends after half an "
                            + "hour, within seconds when its token is revoked or over, or when its reader is too slow.")
    @ApiResponse(
            responseCode = "200",
            description = "The stream",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "503", description = "There are as many listeners as there may be", content = @Content)
    void stream(
            @RequestParam Optional<String> route,
            @RequestParam Optional<String> tool,
            @RequestParam Optional<String> caller,
            @RequestParam Optional<String> client,
            @RequestParam Optional<String> outcome,
            @RequestParam Optional<String> decision,
            @RequestParam Optional<String> rule,
            @RequestParam Optional<String> q,
            @RequestParam Optional<OffsetDateTime> from,
            @RequestParam Optional<OffsetDateTime> to,
            @RequestHeader("Last-Event-ID") Optional<String> lastEventId,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        var filter = new ToolCallFilter(route, tool, caller, client, outcome, decision, rule, q, from, to);
        var places = lastEventId.map(TailResource::places);
        var stream = actor.isAuditor()
                ? tail.reveal(filter, places, actor.token())
                : tail.stream(filter, places, actor.token());
        var begun = false;
        try {
            begin(stream, request, response);
            begun = true;
        } finally {
            if (!begun) {
                stream.close();
            }
        }
    }

    private static void begin(TailService.Stream stream, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Accel-Buffering", "no");
        new EventStream(response.getOutputStream()).heartbeat(stream.start());
        var waiting = request.startAsync();
        waiting.setTimeout(TailService.LONGEST.plusMinutes(1).toMillis());
        waiting.addListener(new EndOfResponse());
        Thread.ofVirtual().name("console-tail-listener").start(() -> write(stream, waiting));
    }

    @ExceptionHandler
    ProblemDetail tooMany(TooManyListenersException trouble) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, trouble.sentence());
    }

    /// When the reader went away, the container ends the response, see [EndOfResponse].
    private static void write(TailService.Stream stream, AsyncContext waiting) {
        try (stream) {
            stream.run(new EventStream(waiting.getResponse().getOutputStream()));
            waiting.complete();
        } catch (IOException e) {
            LOG.debug("a listener of the live tail went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.complete();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("a live tail ended");
            waiting.complete();
        }
    }

    private static Places places(String lastEventId) {
        return Places.decode(lastEventId)
                .orElseThrow(
                        () -> new BadRequestException("Last-Event-ID (expected: the id of an event of this stream)"));
    }
}
