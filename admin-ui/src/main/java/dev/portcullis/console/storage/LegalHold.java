package dev.portcullis.console.storage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/// An order to keep the records of a time, whatever the retention says.
///
/// @param organization whose records it is about, absent for everybody's; a part that has a moment of the
///     time is kept as a whole, whoever's records are in it
/// @param from the first moment, absent for ever since
/// @param to the first moment after it, absent for no end
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record LegalHold(
        UUID id,
        Optional<String> organization,
        Optional<OffsetDateTime> from,
        Optional<OffsetDateTime> to,
        String reason,
        String placedBy,
        OffsetDateTime placedAt,
        Optional<String> releasedBy,
        Optional<OffsetDateTime> releasedAt,
        Optional<String> releaseReason) {

    @JsonIgnore
    public boolean isEngaged() {
        return releasedAt.isEmpty();
    }

    /// What it is about, in one line for records.
    public String describe() {
        return HoldOrder.describe(organization, from, to);
    }
}
