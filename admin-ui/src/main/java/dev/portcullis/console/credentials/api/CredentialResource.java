package dev.portcullis.console.credentials.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.credentials.CredentialRecord;
import dev.portcullis.console.credentials.CredentialService;
import dev.portcullis.console.credentials.EndingSecret;
import dev.portcullis.console.ends.End;
import dev.portcullis.console.ends.Ending;
import dev.portcullis.secrets.CredentialSettings;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/// `/api/v1/credentials`: set, list, remove.
@RestController
@RequestMapping("/api/v1/credentials")
@Tag(name = "credentials", description = "What the gateway shows upstreams")
class CredentialResource {
    private final CredentialService credentials;
    private final Actor actor;
    private final Clock clock;

    CredentialResource(CredentialService credentials, Actor actor, Clock clock) {
        this.credentials = credentials;
        this.actor = actor;
        this.clock = clock;
    }

    /// @param settings what belongs to the kind, such as `endpoint` and `clientId`
    /// @param secret the value of the header, or the client secret
    /// @param expiresAt when the secret ends, as far as somebody knows
    record Request(
            Optional<String> kind,
            Optional<JsonNode> settings,
            Optional<String> secret,
            @Schema(format = "date-time") Optional<String> expiresAt) {
        CredentialSettings shown() {
            return new CredentialSettings(
                    kind.orElseThrow(() ->
                            new IllegalArgumentException("kind: (expected: one of " + CredentialSettings.KINDS + ")")),
                    settings.filter(ObjectNode.class::isInstance)
                            .map(ObjectNode.class::cast)
                            .orElseThrow(() -> new IllegalArgumentException("settings: (expected: an object)")));
        }

        EndingSecret hidden() {
            return CredentialResource.hidden(secret, expiresAt);
        }

        @Override
        public String toString() {
            return "Request[kind=" + kind + ", settings=" + settings + "]";
        }
    }

    record Rotation(
            Optional<String> secret,
            Optional<Long> revision,
            @Schema(format = "date-time") Optional<String> expiresAt) {
        EndingSecret hidden() {
            return CredentialResource.hidden(secret, expiresAt);
        }

        @Override
        public String toString() {
            return "Rotation[revision=" + revision + "]";
        }
    }

    record NewEnd(@Schema(format = "date-time") Optional<String> expiresAt, Optional<Long> revision) {}

    private static EndingSecret hidden(Optional<String> secret, Optional<String> expiresAt) {
        return new EndingSecret(
                new Secret(secret.orElseThrow(() -> new IllegalArgumentException("secret: (expected)"))),
                expiresAt.map(End::read));
    }

    private static OptionalLong expected(Optional<Long> revision) {
        return revision.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            String name,
            String kind,
            JsonNode settings,
            Optional<OffsetDateTime> expiresAt,
            long revision,
            String updatedBy,
            OffsetDateTime updatedAt) {
        static View of(CredentialRecord credential) {
            return new View(
                    credential.name(),
                    credential.settings().kind(),
                    credential.settings().settings(),
                    credential.expiresAt(),
                    credential.revision(),
                    credential.updatedBy(),
                    credential.updatedAt());
        }
    }

    @GetMapping
    @Operation(
            summary = "All credentials by name, without their secrets",
            description = "`ends` is all, expiring (within 14 days) or ended.")
    Page<View> list(@RequestParam Optional<String> ends) {
        try {
            var wanted = Ending.wanted(ends);
            var now = clock.instant();
            return new Page<>(
                    credentials.list().stream()
                            .filter(credential -> wanted.fits(credential.expiresAt(), now))
                            .map(View::of)
                            .toList(),
                    Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/{name}")
    @Operation(summary = "One credential, without its secret")
    View get(@PathVariable String name) {
        return credentials
                .byName(name)
                .map(View::of)
                .orElseThrow(() -> new NotFoundException("There is no credential " + name + "."));
    }

    @PutMapping("/{name}")
    @Operation(
            summary = "Add a credential, or replace it with its secret",
            description = "With `If-None-Match: *` it is added only, and 409 when there is one of that name."
                    + " `expiresAt` is when its secret ends, for people: the gateway goes on showing it.")
    View set(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH) Optional<String> unless,
            @RequestBody Request request) {
        try {
            return View.of(
                    unless.filter("*"::equals).isPresent()
                            ? credentials.add(name, request.shown(), request.hidden(), actor.name())
                            : credentials.set(name, request.shown(), request.hidden(), actor.name()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PutMapping("/{name}/secret")
    @Operation(
            summary = "Give a credential another secret: {secret, expiresAt?, revision?}",
            description =
                    "The end of the secret before is not taken over. 409 when `revision` is no longer the one it has.")
    View rotate(@PathVariable String name, @RequestBody Rotation rotation) {
        try {
            return credentials
                    .rotate(name, rotation.hidden(), expected(rotation.revision()), actor.name())
                    .map(View::of)
                    .orElseThrow(() -> new NotFoundException("There is no credential " + name + "."));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PutMapping("/{name}/end")
    @Operation(
            summary = "Say when the secret of a credential ends: {expiresAt, revision?}",
            description =
                    "For people: the gateway goes on showing it. 409 when `revision` is no longer the one it has.")
    View changeEnd(@PathVariable String name, @RequestBody NewEnd wanted) {
        if (wanted.expiresAt().isEmpty()) {
            throw new BadRequestException("expiresAt: (expected: a time to come; DELETE takes the end away)");
        }
        return change(name, wanted.expiresAt(), wanted.revision());
    }

    @DeleteMapping("/{name}/end")
    @Operation(
            summary = "Say that nobody knows when the secret of a credential ends",
            description = "409 when `revision` is no longer the one it has.")
    View removeEnd(@PathVariable String name, @RequestParam Optional<Long> revision) {
        return change(name, Optional.empty(), revision);
    }

    private View change(String name, Optional<String> end, Optional<Long> revision) {
        try {
            return credentials
                    .changeEnd(name, end.map(End::read), expected(revision), actor.name())
                    .map(View::of)
                    .orElseThrow(() -> new NotFoundException("There is no credential " + name + "."));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove a credential; routes that name it cannot be used any more",
            description = "With `unused=true` 409 when a route of the policy in force names it.")
    void remove(@PathVariable String name, @RequestParam(defaultValue = "false") boolean unused) {
        if (!(unused ? credentials.removeUnused(name, actor.name()) : credentials.remove(name, actor.name()))) {
            throw new NotFoundException("There is no credential " + name + ".");
        }
    }
}
