package dev.portcullis.console.evidence.api;

import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.BrokenOffResponse;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.evidence.EvidenceContents;
import dev.portcullis.console.evidence.EvidenceOrder;
import dev.portcullis.console.evidence.EvidencePeriod;
import dev.portcullis.console.evidence.EvidenceService;
import dev.portcullis.console.evidence.MadeEvidence;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;

/// `/api/v1/evidence`: one archive for a period, what it will have, and which were made.
@RestController
@RequestMapping("/api/v1/evidence")
@Tag(name = "evidence", description = "What happened in a period, to take away and to verify")
class EvidenceResource {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceResource.class);

    /// Why somebody wants it, for the record.
    private static final String REASON = "portcullis-reason";

    private final EvidenceService evidence;

    EvidenceResource(EvidenceService evidence) {
        this.evidence = evidence;
    }

    @GetMapping(produces = "application/zip")
    @Operation(
            summary = "An archive of a period, as a stream",
            description = "Policies, kills, admin events, sampled and refused calls, the trail's checkpoints and keys,"
                    + " a signed manifest, and how to verify it. Each is recorded as an admin event. An archive that"
                    + " cannot come to its end breaks off.")
    void create(
            @RequestParam OffsetDateTime from,
            @RequestParam OffsetDateTime to,
            @Parameter(description = "Whether calls come with arguments and results; a reason is needed")
                    @RequestParam(defaultValue = "false")
                    boolean arguments,
            @Parameter(description = "Why, for the record") @RequestHeader(REASON) Optional<String> reason,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        var order = checked(() -> new EvidenceOrder(new EvidencePeriod(from, to), arguments, reason));
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + order.period().fileName() + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            evidence.create(order, response.getOutputStream());
            response.getOutputStream().close();
        } catch (IOException | RuntimeException e) {
            if (!response.isCommitted()) {
                response.resetBuffer();
                throw e;
            }
            BrokenOffResponse.mark(request);
            LOG.warn("an archive of evidence broke off; its reader has been disconnected", e);
        }
    }

    @GetMapping("/contents")
    @Operation(summary = "What an archive of a period will have, counted up to a bound")
    EvidenceContents contents(@RequestParam OffsetDateTime from, @RequestParam OffsetDateTime to) {
        return evidence.contents(checked(() -> new EvidencePeriod(from, to)));
    }

    @GetMapping("/history")
    @Operation(summary = "Which archives were made, newest first")
    Page<MadeEvidence> history(@RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        return new Page<>(evidence.history(Page.checkLimit(limit)), Optional.empty());
    }

    private static <T> T checked(Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }
}
