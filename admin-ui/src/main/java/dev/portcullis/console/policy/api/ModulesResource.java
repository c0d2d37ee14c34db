package dev.portcullis.console.policy.api;

import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.policy.OwnRego;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.policy.rego.RegoBundle;
import dev.portcullis.policy.rego.RegoModule;
import dev.portcullis.policy.rego.RegoModules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// `/api/v1/policy/modules` and `/api/v1/policy/draft/modules`: the organization's own Rego. Its entity
/// tags are those of the document, since both are one version or one draft.
@RestController
@RequestMapping("/api/v1/policy")
@Tag(name = "policy")
class ModulesResource {
    private final PolicyService policies;
    private final Actor actor;

    ModulesResource(PolicyService policies, Actor actor) {
        this.policies = policies;
        this.actor = actor;
    }

    /// One file.
    ///
    /// @param path below the organization's folder, for instance `freeze/weekend.rego`
    record Module(Optional<String> path, Optional<String> source) {
        private static Module of(RegoModule module) {
            return new Module(Optional.of(module.path()), Optional.of(module.source()));
        }

        private RegoModule checked() {
            return new RegoModule(
                    path.orElseThrow(() -> new BadRequestException("modules: no path (expected: path and source)")),
                    source.orElseThrow(
                            () -> new BadRequestException("modules: no source (expected: path and source)")));
        }
    }

    /// All of them, ordered by path.
    record Modules(Optional<List<Module>> modules) {
        private static Modules of(OwnRego own) {
            return new Modules(
                    Optional.of(own.modules().modules().stream().map(Module::of).toList()));
        }

        private OwnRego checked() {
            return OwnRego.of(new RegoModules(modules
                    .orElseThrow(() -> new BadRequestException("modules: missing (expected: a list of {path, source})"))
                    .stream()
                    .map(Module::checked)
                    .toList()));
        }
    }

    @GetMapping("/modules")
    @Operation(summary = "The organization's own Rego in force")
    ResponseEntity<Modules> published() {
        var version =
                policies.published().orElseThrow(() -> new NotFoundException("No policy has been published yet."));
        return answer(policies.modules(version.version()).orElseGet(OwnRego::none), version.tag());
    }

    @GetMapping("/versions/{version}/modules")
    @Operation(summary = "The organization's own Rego of a version")
    ResponseEntity<Modules> version(@PathVariable long version) {
        var found = policies.version(version)
                .map(PolicyVersion::tag)
                .orElseThrow(() -> new NotFoundException("There is no version " + version + "."));
        return answer(policies.modules(version).orElseGet(OwnRego::none), found);
    }

    @GetMapping("/draft/modules")
    @Operation(summary = "The organization's own Rego under work")
    ResponseEntity<Modules> draft() {
        return answer(policies.draftModules(), policies.draft().tag());
    }

    @PutMapping(path = "/draft/modules", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Replace all of the organization's own Rego under work; publication compiles and tests it")
    ResponseEntity<Void> save(
            @RequestBody Modules modules, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        return save(modules.checked(), ifMatch);
    }

    @PutMapping(path = "/draft/modules", consumes = "application/gzip")
    @Operation(summary = "The same, as an OPA bundle that was compiled elsewhere")
    ResponseEntity<Void> saveBundle(
            @RequestBody byte[] body, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        try {
            var bundle = RegoBundle.read(body);
            return save(new OwnRego(bundle.modules(), Optional.of(bundle.program())), ifMatch);
        } catch (IllegalArgumentException | IOException e) {
            throw new BadRequestException("The bundle cannot be read: " + e.getMessage());
        }
    }

    private ResponseEntity<Void> save(OwnRego own, Optional<String> ifMatch) {
        var draft = policies.saveDraftModules(own, actor.name(), PolicyTexts.expectation(ifMatch));
        return ResponseEntity.noContent().eTag(draft.tag()).build();
    }

    private static ResponseEntity<Modules> answer(OwnRego own, String tag) {
        return ResponseEntity.ok().eTag(tag).body(Modules.of(own));
    }
}
