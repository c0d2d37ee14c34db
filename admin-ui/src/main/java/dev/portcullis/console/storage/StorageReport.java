package dev.portcullis.console.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.portcullis.console.storage.StorageSettings.Period;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How the audit trail is kept at a moment.
///
/// @param partitions `monthly` or `daily`
/// @param retention such as `400d`, or `forever`
/// @param organizations the same for those that have a term of their own
/// @param ahead until when there are parts, absent when there are none
/// @param warnings what somebody has to do something about
/// @param items the parts, oldest first
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StorageReport(
        String partitions,
        String retention,
        Map<String, String> organizations,
        Optional<OffsetDateTime> ahead,
        List<String> warnings,
        List<KeptPart> items) {
    private static final Duration SOON = Duration.ofDays(2);

    public StorageReport {
        organizations = Map.copyOf(organizations);
        warnings = List.copyOf(warnings);
        items = List.copyOf(items);
    }

    /// A part and the holds that keep it.
    ///
    /// @param due when it is old enough to be dropped, by the usual term; absent for never
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record KeptPart(
            String name,
            Optional<OffsetDateTime> starts,
            Optional<OffsetDateTime> ends,
            Optional<Long> records,
            long bytes,
            Optional<OffsetDateTime> due,
            List<UUID> holds) {
        public KeptPart {
            holds = List.copyOf(holds);
        }
    }

    static StorageReport of(
            Period partitions, Retention retention, List<Part> parts, List<LegalHold> holds, OffsetDateTime now) {
        return new StorageReport(
                partitions.name().toLowerCase(Locale.ROOT),
                Retention.word(retention.usual()),
                retention.words(),
                ahead(parts),
                warnings(parts, now),
                parts.stream().map(part -> kept(part, retention, holds)).toList());
    }

    private static Optional<OffsetDateTime> ahead(List<Part> parts) {
        return parts.stream().flatMap(part -> part.ends().stream()).max(OffsetDateTime::compareTo);
    }

    /// What somebody has to do something about.
    static List<String> warnings(List<Part> parts, OffsetDateTime now) {
        var ahead = ahead(parts);
        var warnings = new ArrayList<String>();
        if (ahead.map(end -> end.isBefore(now.plus(SOON))).orElse(true)) {
            warnings.add("There is no part of the audit trail for records from "
                    + ahead.map(OffsetDateTime::toString).orElse("any time")
                    + " on: they go to exchanges_elsewhen until one is made. The console's log says why none was.");
        }
        parts.stream()
                .filter(part -> part.starts().isEmpty())
                .flatMap(part -> part.records().stream())
                .filter(records -> records > 0)
                .forEach(records -> warnings.add(records + " records in exchanges_elsewhen have a time that no part"
                        + " is for: the clock of their replica was wrong. They are found, and never dropped."));
        return warnings;
    }

    private static KeptPart kept(Part part, Retention retention, List<LegalHold> holds) {
        var term = retention.usual();
        return new KeptPart(
                part.name(),
                part.starts(),
                part.ends(),
                part.records(),
                part.bytes(),
                part.ends().flatMap(ends -> term.map(ends::plus)),
                holds.stream().filter(part::isHeldBy).map(LegalHold::id).toList());
    }
}
