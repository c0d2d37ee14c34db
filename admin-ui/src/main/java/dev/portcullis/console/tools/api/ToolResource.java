package dev.portcullis.console.tools.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.api.Page;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.tools.CatalogueEntry;
import dev.portcullis.console.tools.ReviewOrder;
import dev.portcullis.console.tools.SeenDefinition;
import dev.portcullis.console.tools.ToolCursor;
import dev.portcullis.console.tools.ToolFilter;
import dev.portcullis.console.tools.ToolReviewService;
import dev.portcullis.console.tools.ToolService;
import dev.portcullis.console.tools.ToolState;
import dev.portcullis.policy.profile.ToolClass;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `/api/v1/tools`: the tools that upstreams list, and what is decided about them.
@RestController
@RequestMapping("/api/v1/tools")
@Tag(name = "tools", description = "The tools that upstreams list; decisions about them are published at once")
class ToolResource {
    private static final String AWAITING = "awaiting-review";

    private final ToolService tools;
    private final ToolReviewService reviews;
    private final Actor actor;

    ToolResource(ToolService tools, ToolReviewService reviews, Actor actor) {
        this.tools = tools;
        this.reviews = reviews;
        this.actor = actor;
    }

    /// @param classWord what it does: `read`, `write`, `execute`, `delete` or `admin`
    record ReviewRequest(
            @com.fasterxml.jackson.annotation.JsonProperty("class")
            Optional<String> classWord,

            Optional<String> definition,
            Optional<String> reason) {

        ReviewOrder order() {
            return new ReviewOrder(classWord.map(ToolResource::toolClass), definition, reason);
        }
    }

    /// @param tools names; or all that claim to change nothing, with `readOnlyClaims`
    /// @param claims what somebody has reviewed of those that claim it: definitions by the tool's name
    record AcceptRequest(
            Optional<List<String>> tools,
            Optional<Boolean> readOnlyClaims,
            Optional<Map<String, String>> claims,
            Optional<String> reason) {}

    /// @param reason why; required
    record BlockRequest(Optional<List<String>> tools, Optional<String> reason) {}

    @GetMapping
    @Operation(
            summary =
                    "Every tool ever listed, by route and name; `state` is new, unreviewed, changed, accepted, blocked, or awaiting-review: whatever somebody has to look at")
    Page<ToolView> list(
            @RequestParam Optional<String> route,
            @RequestParam(name = "class") Optional<String> classWord,
            @RequestParam Optional<String> state,
            @RequestParam Optional<String> text,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) int limit) {
        try {
            var awaiting = state.equals(Optional.of(AWAITING));
            var filter = new ToolFilter(
                    route,
                    classWord.map(ToolResource::toolClass),
                    awaiting ? Optional.empty() : state.map(ToolResource::state),
                    text,
                    awaiting);
            var wanted = Page.checkLimit(limit);
            var page = Page.of(
                    tools.list(filter, cursor.map(ToolResource::cursor), wanted + 1),
                    wanted,
                    last -> new ToolCursor(last.tool().route(), last.tool().name()).encode());
            return new Page<>(page.items().stream().map(ToolView::of).toList(), page.next());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/{route}/{name}")
    @Operation(summary = "A tool with the history of its definitions, newest first")
    ToolDetail find(@PathVariable String route, @PathVariable String name) {
        var entry = entry(route, name);
        return ToolDetail.of(
                entry,
                tools.text(route, name, entry.tool().current().definition()),
                entry.tool().definitions());
    }

    @GetMapping("/{route}/{name}/change")
    @Operation(summary = "What differs from one definition of a tool to another one")
    dev.portcullis.console.tools.DefinitionChange change(
            @PathVariable String route, @PathVariable String name, @RequestParam String from, @RequestParam String to) {
        var known = entry(route, name).tool().definitions().stream()
                .map(SeenDefinition::definition)
                .toList();
        for (var definition : List.of(from, to)) {
            if (!known.contains(definition)) {
                throw new NotFoundException("No definition " + definition + " of " + name + " is kept.");
            }
        }
        return tools.compare(route, name, from, to);
    }

    @PutMapping("/{route}/{name}")
    @Operation(
            summary = "Decide about a tool: its class, its definition (a hash, or `current`); publishes a new version")
    ReviewAnswer review(
            @PathVariable String route,
            @PathVariable String name,
            @RequestBody ReviewRequest request,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        try {
            return ReviewAnswer.of(
                    reviews.review(route, name, request.order(), actor.name(), Expectation.ofIfMatch(ifMatch)));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/{route}/accept")
    @Operation(summary = "Accept the current definitions of several tools in one publication")
    ReviewAnswer accept(
            @PathVariable String route,
            @RequestBody AcceptRequest request,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var all = request.readOnlyClaims().orElse(false);
        var ways = (all ? 1 : 0)
                + (request.tools().isPresent() ? 1 : 0)
                + (request.claims().isPresent() ? 1 : 0);
        if (ways != 1) {
            throw new BadRequestException(
                    "tools, claims, readOnlyClaims: (expected: names, or definitions by name, or true; one of them)");
        }
        try {
            var expectation = Expectation.ofIfMatch(ifMatch);
            return ReviewAnswer.of(
                    request.claims().isPresent()
                            ? reviews.acceptReviewedClaims(
                                    route, request.claims().get(), request.reason(), actor.name(), expectation)
                            : all
                                    ? reviews.acceptReadOnlyClaims(route, request.reason(), actor.name(), expectation)
                                    : reviews.accept(
                                            route,
                                            request.tools().orElseThrow(),
                                            request.reason(),
                                            actor.name(),
                                            expectation));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    /// @param claims definitions by the tool's name
    /// @param skipped the tools that claim it and would not be accepted, and why
    record ClaimsAnswer(Map<String, String> claims, Map<String, String> skipped) {}

    @GetMapping("/{route}/accept/claims")
    @Operation(
            summary =
                    "The tools that claim to change nothing and that nobody has decided about; send `claims` back to accept exactly them")
    ResponseEntity<ClaimsAnswer> claims(@PathVariable String route) {
        var claims = reviews.readOnlyClaims(route);
        return ResponseEntity.ok()
                .eTag("\"" + claims.tag() + "\"")
                .body(new ClaimsAnswer(new TreeMap<>(claims.definitions()), new TreeMap<>(claims.skipped())));
    }

    @DeleteMapping("/{route}/{name}")
    @Operation(summary = "Take back what the document says of a tool; publishes a new version")
    ReviewAnswer clear(
            @PathVariable String route,
            @PathVariable String name,
            @RequestParam Optional<String> reason,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        try {
            return ReviewAnswer.of(reviews.clear(route, name, reason, actor.name(), Expectation.ofIfMatch(ifMatch)));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/{route}/block")
    @Operation(summary = "Deny tools to everybody, by a rule of their own; publishes a new version")
    ReviewAnswer block(
            @PathVariable String route,
            @RequestBody BlockRequest request,
            @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var reason = request.reason()
                .filter(words -> !words.isBlank())
                .orElseThrow(() -> new BadRequestException("reason: (expected: why they are blocked)"));
        try {
            return ReviewAnswer.of(reviews.block(
                    route, request.tools().orElse(List.of()), reason, actor.name(), Expectation.ofIfMatch(ifMatch)));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
    }

    private CatalogueEntry entry(String route, String name) {
        return tools.find(route, name)
                .orElseThrow(() -> new NotFoundException("No list of " + route + " has named a tool " + name + "."));
    }

    private static ToolClass toolClass(String word) {
        return Arrays.stream(ToolClass.values())
                .filter(one -> one.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("class: " + word + " (expected: one of "
                        + Arrays.stream(ToolClass.values())
                                .map(ToolClass::wireName)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    private static ToolState state(String word) {
        return ToolState.named(word)
                .orElseThrow(() -> new IllegalArgumentException("state: " + word + " (expected: one of "
                        + Arrays.stream(ToolState.values())
                                .map(ToolState::wireName)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    private static ToolCursor cursor(String text) {
        return ToolCursor.decode(text)
                .orElseThrow(() -> new IllegalArgumentException("cursor: (expected: `next` of a page)"));
    }
}
