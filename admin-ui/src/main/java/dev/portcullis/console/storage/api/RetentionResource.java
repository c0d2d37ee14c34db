package dev.portcullis.console.storage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.api.StaleException;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.storage.Forecast;
import dev.portcullis.console.storage.Retention;
import dev.portcullis.console.storage.RetentionOrder;
import dev.portcullis.console.storage.RetentionService;
import dev.portcullis.console.storage.RetentionSetting;
import dev.portcullis.console.storage.RetentionSetting.Changed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// `/api/v1/audit/retention`: how long records are kept.
@RestController
@RequestMapping("/api/v1/audit/retention")
@Tag(name = "audit", description = "How the audit trail is kept")
class RetentionResource {
    private static final String RETENTION = "retention";
    private static final String ORGANIZATIONS = "organizations";
    private static final String REASON = "reason";
    private static final String TERMS = "terms by the names of organizations, {} for none";
    private static final Pattern DAYS = Pattern.compile("([1-9][0-9]{0,8})d");

    private final RetentionService retention;
    private final Actor actor;

    RetentionResource(RetentionService retention, Actor actor) {
        this.retention = retention;
        this.actor = actor;
    }

    /// @param owner `console`, or `file` where the configuration file sets it and nobody can change it here
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            String owner,
            String retention,
            Map<String, String> organizations,
            Optional<String> changedBy,
            Optional<OffsetDateTime> changedAt,
            Optional<String> reason) {
        static View of(RetentionSetting setting) {
            return new View(
                    setting.owner().name().toLowerCase(Locale.ROOT),
                    Retention.word(setting.retention().usual()),
                    setting.retention().words(),
                    setting.changed().map(Changed::by),
                    setting.changed().map(Changed::at),
                    setting.changed().map(Changed::reason));
        }
    }

    @GetMapping
    @Operation(summary = "How long records are kept, and who has set that")
    ResponseEntity<View> get() {
        return answer(retention.setting());
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Keep records for as long as this: {retention, organizations, reason}",
            description = "A term is `forever`, or days such as `400d`. `retention` is for all organizations but those"
                    + " that are named. Parts of the trail that are older are dropped within the hour, for ever;"
                    + " `preview` tells which. 409 where the configuration file sets the retention.")
    ResponseEntity<View> put(@RequestBody byte[] body, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var place = JsonPlace.of(body).withKeys(Set.of(RETENTION, ORGANIZATIONS, REASON));
        return retention
                .change(
                        order(place),
                        actor.name(),
                        Expectation.ofIfMatch(ifMatch).tags())
                .map(RetentionResource::answer)
                .orElseThrow(() -> new StaleException("Somebody else has changed the retention in the meantime."
                        + " Nothing was written; load it again."));
    }

    @PostMapping(path = "/preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "What would be dropped within the hour: {retention, organizations}",
            description = "Changes nothing. `records` is an estimate. A part that is not `certain` stays if somebody"
                    + " who keeps records for longer has some in it, which takes too long to find out. `held` are parts"
                    + " that would go, too, and are kept by legal holds.")
    Forecast preview(@RequestBody byte[] body) {
        return retention.forecast(terms(JsonPlace.of(body).withKeys(Set.of(RETENTION, ORGANIZATIONS))));
    }

    private static RetentionOrder order(JsonPlace body) {
        var terms = terms(body);
        var reason = body.required(REASON, "why, for the record");
        var words = reason.text().strip();
        if (words.isEmpty() || words.length() > RetentionOrder.LONGEST_REASON) {
            throw reason.wrong("why, in 1 to " + RetentionOrder.LONGEST_REASON + " characters");
        }
        return new RetentionOrder(terms, words);
    }

    /// All of it has to be there: a term that somebody has forgotten would be a shorter one.
    private static Retention terms(JsonPlace body) {
        var usual = term(body.required(RETENTION, Retention.TERM));
        var named = body.required(ORGANIZATIONS, TERMS);
        var organizations = new HashMap<String, Optional<Duration>>();
        named.entries(TERMS).forEach((name, term) -> {
            if (!Retention.isName(name)) {
                throw new BadRequestException(
                        "/" + ORGANIZATIONS + ": \"" + name + "\" (expected: " + Retention.NAME + ")");
            }
            organizations.put(name, term(term));
        });
        return new Retention(usual, organizations);
    }

    private static Optional<Duration> term(JsonPlace place) {
        if (place.text().equals(Retention.FOREVER)) {
            return Optional.empty();
        }
        var days = DAYS.matcher(place.text());
        if (!days.matches()) {
            throw place.wrong(Retention.TERM);
        }
        var term = Optional.of(Duration.ofDays(Long.parseLong(days.group(1))));
        if (!Retention.isTerm(term)) {
            throw place.wrong(Retention.TERM);
        }
        return term;
    }

    private static ResponseEntity<View> answer(RetentionSetting setting) {
        return ResponseEntity.ok().eTag(setting.tag()).body(View.of(setting));
    }
}
