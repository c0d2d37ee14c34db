package dev.portcullis.console.kills.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillRecord.Acknowledgement;
import dev.portcullis.console.kills.KillRecord.Release;
import dev.portcullis.policy.KillJson;
import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A kill as the REST API tells it.
///
/// @param replica the one replica that it was engaged on, and that alone obeys it
/// @param waitingFor replicas that live, and have not said yet that they obey
/// @param sameScope others that stop the same; each is released for itself
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record KillView(
        UUID id,
        JsonNode scope,
        Optional<JsonNode> exempt,
        String reason,
        Optional<String> message,
        Optional<OffsetDateTime> until,
        String by,
        OffsetDateTime engagedAt,
        Optional<String> replica,
        Optional<String> releasedBy,
        Optional<OffsetDateTime> releasedAt,
        Optional<String> releaseReason,
        List<Acknowledgement> acknowledgements,
        Optional<List<String>> waitingFor,
        Optional<List<UUID>> sameScope) {

    /// @param alive the replicas that have been heard of lately
    static KillView of(KillRecord record, List<String> alive, Instant now) {
        var kill = record.kill();
        return new KillView(
                kill.id(),
                KillJson.write(kill.scope()),
                Optional.of(kill.exemptGroups())
                        .filter(groups -> !groups.isEmpty())
                        .map(KillJson::writeExempt),
                kill.reason(),
                kill.message(),
                kill.until().map(end -> end.atOffset(ZoneOffset.UTC)),
                record.engagedBy(),
                record.engagedAt(),
                record.replica(),
                record.release().map(Release::by),
                record.release().map(Release::at),
                record.release().flatMap(Release::reason),
                record.acknowledgements(),
                record.isEngaged(now) ? Optional.of(record.waitingFor(alive)) : Optional.empty(),
                Optional.empty());
    }

    KillView besides(List<UUID> others) {
        return others.isEmpty()
                ? this
                : new KillView(
                        id,
                        scope,
                        exempt,
                        reason,
                        message,
                        until,
                        by,
                        engagedAt,
                        replica,
                        releasedBy,
                        releasedAt,
                        releaseReason,
                        acknowledgements,
                        waitingFor,
                        Optional.of(others));
    }
}
