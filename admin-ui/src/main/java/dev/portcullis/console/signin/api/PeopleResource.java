package dev.portcullis.console.signin.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.signin.NewPassword;
import dev.portcullis.console.signin.PeopleService;
import dev.portcullis.console.signin.Person;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// `/api/v1/people`: list, add, change roles, lock, reset passwords, remove.
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "people", description = "People with a password of this console")
class PeopleResource {
    private static final Pattern REVISION = Pattern.compile("\"(\\d{1,18})\"");

    private final PeopleService people;
    private final Actor actor;

    PeopleResource(PeopleService people, Actor actor) {
        this.people = people;
        this.actor = actor;
    }

    record Request(Optional<String> username, Optional<List<String>> roles) {}

    record RolesRequest(Optional<List<String>> roles) {}

    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            String username,
            List<String> roles,
            boolean mustChangePassword,
            OffsetDateTime createdAt,
            Optional<OffsetDateTime> lastSignedInAt,
            Optional<OffsetDateTime> lockedAt,
            Optional<String> lockedBy,
            long revision) {
        static View of(Person person) {
            return new View(
                    person.username(),
                    person.roles(),
                    person.mustChangePassword(),
                    person.createdAt(),
                    person.lastSignedInAt(),
                    person.lockedAt(),
                    person.lockedBy(),
                    person.revision());
        }
    }

    /// @param password to sign in with once, and to be changed then
    record Made(@JsonUnwrapped View view, String password) {
        static Made of(NewPassword made) {
            return new Made(View.of(made.person()), made.password().reveal());
        }

        @Override
        public String toString() {
            return "Made[view=" + view + "]";
        }
    }

    @GetMapping
    @Operation(summary = "Everybody with a password of this console, by username")
    Page<View> list() {
        return new Page<>(people.list().stream().map(View::of).toList(), Optional.empty());
    }

    @GetMapping("/{username}")
    @Operation(summary = "One person; the entity tag is the revision")
    ResponseEntity<View> find(@PathVariable String username) {
        return people.byUsername(username)
                .map(PeopleResource::tagged)
                .orElseThrow(() -> new NotFoundException("There is no person " + username + "."));
    }

    @PostMapping
    @Operation(
            summary = "Add a person with roles (VIEWER, AUDITOR, EDITOR, APPROVER, ADMIN); the answer holds the first"
                    + " password, this once")
    ResponseEntity<Made> create(@RequestBody Request request) {
        try {
            var username = request.username().orElseThrow(() -> new BadRequestException("username: (expected)"));
            return once(
                    HttpStatus.CREATED, people.create(username, request.roles().orElse(List.of()), actor.name()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PutMapping("/{username}/roles")
    @Operation(
            summary = "Give a person these roles in place of theirs, and end their sessions; refused with 412 when"
                    + " If-Match is not the revision any more")
    ResponseEntity<View> changeRoles(
            @PathVariable String username,
            @RequestBody RolesRequest request,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) Optional<String> ifMatch) {
        try {
            return tagged(
                    people.changeRoles(username, request.roles().orElse(List.of()), revision(ifMatch), actor.name()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PutMapping("/{username}/lock")
    @Operation(summary = "End a person's sessions, and let them open no other")
    ResponseEntity<View> lock(@PathVariable String username) {
        return tagged(people.lock(username, actor.name()));
    }

    @DeleteMapping("/{username}/lock")
    @Operation(summary = "Let a locked person sign in again")
    ResponseEntity<View> unlock(@PathVariable String username) {
        return tagged(people.unlock(username, actor.name()));
    }

    @PostMapping("/{username}/password")
    @Operation(
            summary = "Make a person's password worthless, and a new one, which the answer holds, this once; refused"
                    + " with 412 when If-Match is not the revision any more")
    ResponseEntity<Made> resetPassword(
            @PathVariable String username,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) Optional<String> ifMatch) {
        return once(HttpStatus.OK, people.resetPassword(username, revision(ifMatch), actor.name()));
    }

    @DeleteMapping("/{username}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Remove a person, and end their sessions; the last admin stays; refused with 412 when If-Match is"
                    + " not the revision any more")
    void remove(
            @PathVariable String username,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) Optional<String> ifMatch) {
        people.remove(username, revision(ifMatch), actor.name());
    }

    private static ResponseEntity<View> tagged(Person person) {
        return ResponseEntity.ok().eTag("\"" + person.revision() + "\"").body(View.of(person));
    }

    private static ResponseEntity<Made> once(HttpStatus status, NewPassword made) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(Made.of(made));
    }

    /// No tag, and `*`, expect nothing in particular; one that is none of ours is never met.
    private static OptionalLong revision(Optional<String> ifMatch) {
        if (ifMatch.isEmpty() || ifMatch.get().strip().equals("*")) {
            return OptionalLong.empty();
        }
        var tag = REVISION.matcher(ifMatch.get().strip());
        return OptionalLong.of(tag.matches() ? Long.parseLong(tag.group(1)) : -1);
    }
}
