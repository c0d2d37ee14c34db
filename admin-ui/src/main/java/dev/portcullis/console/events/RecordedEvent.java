package dev.portcullis.console.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.portcullis.console.api.PageCursor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// An admin event on record, with every column of `audit.admin_events`. As JSON its fields are named like
/// the columns.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record RecordedEvent(
        UUID id, OffsetDateTime occurredAt, String actor, String event, Optional<String> subject, JsonNode detail) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Writes it as one line of JSON.
    public void writeTo(Writer out) {
        try {
            out.write(JSON.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where a list goes on after this one.
    @JsonIgnore
    public PageCursor cursor() {
        return new PageCursor(occurredAt, id);
    }
}
