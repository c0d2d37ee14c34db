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
import java.util.TreeMap;
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

    static StorageReport of(StorageSettings settings, List<Part> parts, List<LegalHold> holds, OffsetDateTime now) {
        var ahead = parts.stream().flatMap(part -> part.ends().stream()).max(OffsetDateTime::compareTo);
        var organizations = new TreeMap<String, String>();
        settings.retention().organizations().forEach((name, term) -> organizations.put(name, word(term)));
        return new StorageReport(
                word(settings.partitions()),
                word(settings.retention().usual()),
                organizations,
                ahead,
                warnings(parts, ahead, now),
                parts.stream().map(part -> kept(part, settings, holds)).toList());
    }

    private static List<String> warnings(List<Part> parts, Optional<OffsetDateTime> ahead, OffsetDateTime now) {
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

    private static KeptPart kept(Part part, StorageSettings settings, List<LegalHold> holds) {
        var term = settings.retention().usual();
        return new KeptPart(
                part.name(),
                part.starts(),
                part.ends(),
                part.records(),
                part.bytes(),
                part.ends().flatMap(ends -> term.map(ends::plus)),
                holds.stream().filter(part::isHeldBy).map(LegalHold::id).toList());
    }

    private static String word(Period period) {
        return period.name().toLowerCase(Locale.ROOT);
    }

    private static String word(Optional<Duration> term) {
        return term.map(kept -> kept.equals(Duration.ofDays(kept.toDays())) ? kept.toDays() + "d" : kept.toString())
                .orElse("forever");
    }
}
