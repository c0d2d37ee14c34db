package dev.portcullis.console.policy.api;

import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.policy.PolicyInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/// `/api/v1/policy/schemas`: the JSON Schemas of the document, of the policy's input and of its decision.
@RestController
@RequestMapping("/api/v1/policy/schemas")
@Tag(name = "policy")
class SchemaResource {
    private static final Set<String> NAMES = Set.of("policy", "input", "decision");
    private static final MediaType SCHEMA = new MediaType("application", "schema+json");

    @GetMapping("/{name}")
    @Operation(summary = "A JSON Schema: policy, input or decision")
    ResponseEntity<byte[]> schema(@PathVariable String name) {
        if (!NAMES.contains(name)) {
            throw new NotFoundException("There is no schema " + name + " (expected: policy, input or decision).");
        }
        try (var stream = PolicyInput.class.getResourceAsStream("schemas/" + name + ".schema.json")) {
            if (stream == null) {
                throw new IllegalStateException(name + ".schema.json is missing");
            }
            return ResponseEntity.ok().contentType(SCHEMA).body(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
