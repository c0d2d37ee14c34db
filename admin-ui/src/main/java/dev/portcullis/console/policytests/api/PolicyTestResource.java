package dev.portcullis.console.policytests.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.JsonPlace;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policy.api.PolicyChoices;
import dev.portcullis.console.policytests.PolicyTest;
import dev.portcullis.console.policytests.PolicyTestCase;
import dev.portcullis.console.policytests.PolicyTestService;
import dev.portcullis.console.policytests.TestResult;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `/api/v1/policy/tests`: regression tests of the policy, which publication runs.
@RestController
@RequestMapping("/api/v1/policy/tests")
@Tag(name = "policy")
class PolicyTestResource {
    private static final MediaType YAML = new MediaType("application", "yaml", StandardCharsets.UTF_8);
    private static final Pattern TAG = Pattern.compile("test-([0-9]{1,18})");

    private final PolicyTestService tests;
    private final Actor actor;

    PolicyTestResource(PolicyTestService tests, Actor actor) {
        this.tests = tests;
        this.actor = actor;
    }

    /// @param when the request, as in a scenario file
    /// @param then what is to be decided, as in a scenario file
    /// @param notGating why publication does not wait for it
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record View(
            String name,
            JsonNode when,
            JsonNode then,
            Optional<String> notGating,
            long revision,
            String author,
            OffsetDateTime writtenAt) {
        static View of(PolicyTest test) {
            return new View(
                    test.name(),
                    test.content().when(),
                    test.content().then(),
                    test.notGating(),
                    test.revision(),
                    test.author(),
                    test.writtenAt());
        }
    }

    record Imported(int written) {}

    @GetMapping
    @Operation(summary = "Regression tests, by name")
    Page<View> list() {
        return new Page<>(tests.list().stream().map(View::of).toList(), Optional.empty());
    }

    @GetMapping("/{name}")
    @Operation(summary = "One test")
    ResponseEntity<View> get(@PathVariable String name) {
        var test = tests.find(name).orElseThrow(() -> none(name));
        return ResponseEntity.ok().eTag(test.tag()).body(View.of(test));
    }

    @GetMapping("/{name}/versions")
    @Operation(summary = "Every version of a test, newest first")
    Page<View> versions(@PathVariable String name) {
        return new Page<>(tests.history(name).stream().map(View::of).toList(), Optional.empty());
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Write a test: {when, then, notGating?}",
            description =
                    "`when` and `then` are those of a case of a scenario file, which `portcullis policy test` runs."
                            + " With `notGating`, a reason, publication does not wait for it. `If-Match: \"test-0\"` writes it only"
                            + " when there is none.")
    ResponseEntity<View> put(
            @PathVariable String name,
            @RequestBody byte[] body,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var place = JsonPlace.of(body).withKeys(Set.of("when", "then", "notGating"));
        try {
            var test = PolicyTestCase.of(
                    name,
                    place.required("when", "a request").node(),
                    place.required("then", "what is to be decided").node(),
                    place.get("notGating").map(JsonPlace::text));
            var saved = tests.save(test, actor.name(), expected(ifMatch));
            return ResponseEntity.ok().eTag(saved.tag()).body(View.of(saved));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete a test; its versions stay")
    void delete(@PathVariable String name, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        if (!tests.delete(name, actor.name(), expected(ifMatch))) {
            throw none(name);
        }
    }

    @PostMapping("/run")
    @Operation(
            summary = "What a policy says to every test: {policy?, document?}",
            description = "`document` is a policy that came along; `policy` is published, draft, or the number of a"
                    + " version. Without either it is the draft.")
    TestReport run(@RequestBody(required = false) Optional<byte[]> body) {
        return TestReport.of(tests.run(body.filter(bytes -> bytes.length > 0)
                .map(PolicyTestResource::choice)
                .orElseGet(PolicyChoice.Draft::new)));
    }

    @GetMapping("/export")
    @Operation(summary = "All tests as a scenario file, which `portcullis policy test` runs")
    ResponseEntity<byte[]> export() {
        return ResponseEntity.ok()
                .contentType(YAML)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"policy-tests.yaml\"")
                .body(tests.exportFile().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/import")
    @Operation(
            summary = "Take over the cases of a scenario file, all or none",
            description = "A test of the same name gets a new version; others stay as they are.")
    Imported importFile(@RequestBody byte[] body) {
        try {
            return new Imported(tests.importFile(new String(body, StandardCharsets.UTF_8), actor.name()));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private static PolicyChoice choice(byte[] body) {
        var place = JsonPlace.of(body).withKeys(Set.of("policy", "document"));
        return place.get("document")
                .or(() -> place.get("policy"))
                .map(PolicyChoices::read)
                .orElseGet(PolicyChoice.Draft::new);
    }

    private static Set<Long> expected(Optional<String> ifMatch) {
        return Expectation.ofIfMatch(ifMatch).tags().stream()
                .map(TAG::matcher)
                .map(tag -> tag.matches() ? Long.parseLong(tag.group(1)) : -1)
                .collect(Collectors.toSet());
    }

    private static NotFoundException none(String name) {
        return new NotFoundException("There is no test " + name + ".");
    }

    /// @param blocking how many keep such a policy from being published
    record TestReport(int passed, int failed, int blocking, List<ResultView> results) {
        static TestReport of(List<TestResult> results) {
            var passed = (int) results.stream().filter(TestResult::passed).count();
            return new TestReport(
                    passed,
                    results.size() - passed,
                    (int) results.stream().filter(TestResult::blocks).count(),
                    results.stream().map(ResultView::of).toList());
        }
    }
}
