package dev.portcullis.console.publication.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.policy.Submitted;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Optional;

/// What became of something that was to be published: 201 with its version, or 202 with the proposal that it is.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SubmittedAnswer(Optional<Long> version, Optional<Made> proposal) {
    private static final String VERSION_HEADER = "portcullis-policy-version";

    /// @param state `open` or `scheduled`
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Made(long id, String state, Optional<OffsetDateTime> at) {}

    public static ResponseEntity<SubmittedAnswer> of(Submitted submitted) {
        return switch (submitted) {
            case Submitted.Published(var version) ->
                ResponseEntity.status(HttpStatus.CREATED)
                        .header(VERSION_HEADER, Long.toString(version))
                        .body(new SubmittedAnswer(Optional.of(version), Optional.empty()));
            case Submitted.Waiting(var id, var forApproval, var at) ->
                ResponseEntity.accepted()
                        .location(URI.create("/api/v1/policy/proposals/" + id))
                        .body(new SubmittedAnswer(
                                Optional.empty(), Optional.of(new Made(id, forApproval ? "open" : "scheduled", at))));
        };
    }
}
