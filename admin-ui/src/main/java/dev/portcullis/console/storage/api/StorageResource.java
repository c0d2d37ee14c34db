package dev.portcullis.console.storage.api;

import dev.portcullis.console.storage.StorageReport;
import dev.portcullis.console.storage.StorageService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/api/v1/audit/storage`.
@RestController
@RequestMapping("/api/v1/audit/storage")
@Tag(name = "audit", description = "How the audit trail is kept")
class StorageResource {
    private final StorageService storage;

    StorageResource(StorageService storage) {
        this.storage = storage;
    }

    @GetMapping
    @Operation(
            summary = "The parts of the audit trail, how large they are, what is held, and what is wrong",
            description =
                    "`records` is an estimate of the database; it is exact, up to 100,000, for `exchanges_elsewhen`.")
    StorageReport report() {
        return storage.report();
    }
}
