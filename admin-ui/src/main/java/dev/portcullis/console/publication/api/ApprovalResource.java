package dev.portcullis.console.publication.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.api.StaleException;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.publication.ApprovalService;
import dev.portcullis.console.publication.ApprovalSetting;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;

/// `/api/v1/settings/approval`: whether a second person has to approve what is published.
@RestController
@RequestMapping("/api/v1/settings/approval")
@Tag(name = "settings")
class ApprovalResource {
    private final ApprovalService approval;
    private final Actor actor;

    ApprovalResource(ApprovalService approval, Actor actor) {
        this.approval = approval;
        this.actor = actor;
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(boolean required, Optional<String> changedBy, Optional<OffsetDateTime> changedAt) {
        static View of(ApprovalSetting setting) {
            return new View(
                    setting.required(),
                    setting.changed().map(ApprovalSetting.Changed::by),
                    setting.changed().map(ApprovalSetting.Changed::at));
        }
    }

    @GetMapping
    @Operation(summary = "Whether a second person has to approve what is published")
    ResponseEntity<View> get() {
        return answer(approval.setting());
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Switch approval on or off: {required}")
    ResponseEntity<View> put(@RequestBody byte[] body, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var required = JsonPlace.of(body)
                .withKeys(Set.of("required"))
                .required("required", "true or false")
                .flag();
        return approval.change(
                        required, actor.name(), Expectation.ofIfMatch(ifMatch).tags())
                .map(ApprovalResource::answer)
                .orElseThrow(() -> new StaleException("Somebody else has changed the setting in the meantime."
                        + " Nothing was written; load it again."));
    }

    private static ResponseEntity<View> answer(ApprovalSetting setting) {
        return ResponseEntity.ok().eTag(setting.tag()).body(View.of(setting));
    }
}
