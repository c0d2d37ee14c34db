package dev.portcullis.console.storage;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the next run of the maintenance drops under some retention, for ever.
///
/// @param parts oldest first
/// @param records about how many they have, as far as the database has counted
/// @param held names of parts that would go, too, and are kept by legal holds
public record Forecast(List<Going> parts, long records, List<String> held) {
    public Forecast {
        parts = List.copyOf(parts);
        held = List.copyOf(held);
    }

    /// A part that goes.
    ///
    /// @param records about how many it has; absent when the database has not looked yet
    /// @param certain false when it stays if somebody who keeps records for longer has some in it: finding that
    ///     out takes too long
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Going(
            String name, OffsetDateTime starts, OffsetDateTime ends, Optional<Long> records, boolean certain) {}

    /// @param at when the maintenance runs
    /// @param owners whose records a part has, when that can be found out
    static Forecast of(
            Retention retention,
            List<Part> parts,
            List<LegalHold> holds,
            OffsetDateTime at,
            Function<Part, Optional<List<Optional<String>>>> owners) {
        var going = new ArrayList<Going>();
        var held = new ArrayList<String>();
        for (var part : parts) {
            going(part, retention, at, owners).ifPresent(gone -> {
                if (holds.stream().anyMatch(part::isHeldBy)) {
                    held.add(part.name());
                } else {
                    going.add(gone);
                }
            });
        }
        var records = going.stream()
                .flatMap(part -> part.records().stream())
                .mapToLong(Long::longValue)
                .sum();
        return new Forecast(going, records, held);
    }

    private static Optional<Going> going(
            Part part,
            Retention retention,
            OffsetDateTime at,
            Function<Part, Optional<List<Optional<String>>>> owners) {
        if (part.starts().isEmpty() || part.ends().isEmpty()) {
            return Optional.empty();
        }
        var starts = part.starts().get();
        var ends = part.ends().get();
        if (!retention.mayBeOver(ends, at)) {
            return Optional.empty();
        }
        var known = retention.isOverForAll(ends, at) ? Optional.of(List.<Optional<String>>of()) : owners.apply(part);
        return known.map(found -> retention.isOver(ends, found, at)).orElse(true)
                ? Optional.of(new Going(part.name(), starts, ends, part.records(), known.isPresent()))
                : Optional.empty();
    }
}
