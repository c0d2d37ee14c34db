package dev.portcullis.console.bundles.api;

import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.bundles.BundleService;
import dev.portcullis.policy.engine.PolicyBundle;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/// `/api/v1/bundles/portcullis.tar.gz`: the policy in force as OPA servers fetch it, at once or, with
/// `Prefer: wait=…`, as soon as it is another one than they have.
///
/// @see <a href="https://www.openpolicyagent.org/docs/management-bundles">OPA, Bundles</a>
@RestController
@RequestMapping("/api/v1/bundles")
@Tag(name = "bundles", description = "The policy for OPA servers")
class BundleResource {
    private static final String NAME = "portcullis.tar.gz";
    /// Says, too, that this server lets a client wait.
    private static final String MEDIA_TYPE = "application/vnd.openpolicyagent.bundles";

    private static final Pattern WAIT = Pattern.compile("(?:^|[;,\\s])wait=(\\d{1,5})(?:$|[;,\\s])");
    private static final long LONGEST_WAIT = 60;
    private static final int WAITING_AT_ONCE = 32;

    private final BundleService bundles;
    private final Semaphore mayWait = new Semaphore(WAITING_AT_ONCE);

    BundleResource(BundleService bundles) {
        this.bundles = bundles;
    }

    /// Writes the answer itself: OPA goes on waiting only after an answer with the media type, which the
    /// servlet container leaves out of a 304, so whoever waited in vain gets the same bundle again.
    @GetMapping("/{name}")
    @Operation(summary = "The policy in force, with the kills engaged, as an OPA bundle")
    void bundle(
            @PathVariable String name,
            @RequestHeader(HttpHeaders.IF_NONE_MATCH) Optional<String> known,
            @RequestHeader("Prefer") Optional<String> prefer,
            HttpServletResponse answer)
            throws InterruptedException, IOException {
        if (!name.equals(NAME)) {
            throw new NotFoundException("There is one bundle, " + NAME + ".");
        }
        var revision = known.map(BundleResource::revision).orElse("");
        var wait = prefer.map(BundleResource::wait).orElse(Duration.ZERO);
        var bundle = find(revision, wait).orElseThrow(() -> new NotFoundException("No policy has been published yet."));
        answer.setHeader(HttpHeaders.ETAG, "\"" + bundle.revision() + "\"");
        answer.setHeader(HttpHeaders.CACHE_CONTROL, "no-cache, private");
        if (bundle.revision().equals(revision) && wait.isZero()) {
            answer.setStatus(HttpStatus.NOT_MODIFIED.value());
            return;
        }
        answer.setContentType(MEDIA_TYPE);
        answer.getOutputStream().write(bundle.bytes());
    }

    /// Whoever finds no place to wait asks again soon.
    private Optional<PolicyBundle> find(String revision, Duration wait) throws InterruptedException {
        if (wait.isZero() || !mayWait.tryAcquire()) {
            return bundles.current();
        }
        try {
            return bundles.otherThan(revision, wait);
        } finally {
            mayWait.release();
        }
    }

    private static String revision(String entityTag) {
        return entityTag.strip().replaceFirst("^W/", "").replace("\"", "");
    }

    private static Duration wait(String prefer) {
        var matcher = WAIT.matcher(prefer);
        return matcher.find()
                ? Duration.ofSeconds(Math.min(LONGEST_WAIT, Long.parseLong(matcher.group(1))))
                : Duration.ZERO;
    }
}
