package dev.portcullis.console.policy.api;

import dev.portcullis.policy.document.DocumentSchema;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;

/// `/api/v1/policy/schema`: the JSON Schema of documents, for editors, which have no token.
@RestController
@Tag(name = "policy")
class PolicySchemaResource {
    private static final Duration FRESH = Duration.ofHours(1);

    @GetMapping(path = "/api/v1/policy/schema", produces = "application/schema+json")
    @Operation(summary = "The JSON Schema of the policy document; needs no token")
    ResponseEntity<String> schema() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .header("Access-Control-Allow-Origin", "*")
                .body(DocumentSchema.text());
    }
}
