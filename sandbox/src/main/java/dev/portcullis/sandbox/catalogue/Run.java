package dev.portcullis.sandbox.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One execution of an action or a workflow.
///
/// @param identifier of the action or workflow
/// @param blueprint that of the entity the run is about, empty when it is about none
/// @param entity the identifier of that entity
/// @param inputs the checked properties or inputs
/// @param log what happened, oldest first
public record Run(
        String id,
        Kind kind,
        String identifier,
        String blueprint,
        Optional<String> entity,
        JsonObject inputs,
        Status status,
        Instant createdAt,
        Instant changedAt,
        List<String> log) {

    /// How long the other side of a run takes.
    public static final Duration DURATION = Duration.ofSeconds(1);

    public enum Kind {
        ACTION,
        WORKFLOW
    }

    /// Where a run stands; one that waits for approval stays there, because approving is not possible
    /// over MCP.
    public enum Status {
        WAITING_FOR_APPROVAL,
        IN_PROGRESS,
        SUCCESS,
        FAILURE
    }

    public Run {
        log = List.copyOf(log);
    }

    boolean isDue(Instant now) {
        return status == Status.IN_PROGRESS && !now.isBefore(createdAt.plus(DURATION));
    }

    boolean isOver() {
        return status == Status.SUCCESS || status == Status.FAILURE;
    }

    Run ended(Status end, Instant at, String line) {
        var lines = new ArrayList<>(log);
        lines.add(line);
        return new Run(id, kind, identifier, blueprint, entity, inputs, end, createdAt, at, lines);
    }

    /// The run as the tools show it.
    public JsonObject toJson() {
        var json = JsonObject.of("id", id)
                .with("type", kind.name())
                .with("identifier", identifier)
                .with("status", status.name())
                .with("inputs", inputs)
                .with("source", "MCP")
                .with("createdBy", Organization.USER)
                .with("createdAt", createdAt.toString())
                .with("updatedAt", changedAt.toString())
                .with("link", Organization.link("organization/run?runId=" + id))
                .with("log", log);
        return entity.map(identifier -> json.with("entity", identifier).with("blueprint", blueprint))
                .orElse(json);
    }
}
