package dev.portcullis.console.replicas.api;

import dev.portcullis.console.api.Page;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.ReplicaService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.Optional;

/// `/api/v1/replicas`.
@RestController
@RequestMapping("/api/v1/replicas")
@Tag(name = "replicas", description = "The proxy's replicas")
class ReplicaResource {
    private final ReplicaService replicas;

    ReplicaResource(ReplicaService replicas) {
        this.replicas = replicas;
    }

    @GetMapping
    @Operation(summary = "Every replica, the version it enforces and the kills it obeys")
    Page<Replica> list() {
        return new Page<>(replicas.all(), Optional.empty());
    }
}
