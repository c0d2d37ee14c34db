package dev.portcullis.console.evidence.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.evidence.EvidencePeriod;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/// The chosen period as it stands in the URL: whole days, in UTC.
///
/// @param first the first day
/// @param last the last day
record EvidenceState(LocalDate first, LocalDate last) {

    /// What is chosen; the month so far when nothing is.
    static EvidenceState of(QueryParameters parameters, LocalDate today) {
        var last =
                parameters.getSingleParameter("to").flatMap(EvidenceState::day).orElse(today);
        var first = parameters
                .getSingleParameter("from")
                .flatMap(EvidenceState::day)
                .orElse(last.withDayOfMonth(1));
        return new EvidenceState(first, last);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException when there is no such period
    EvidencePeriod period() {
        return new EvidencePeriod(
                first.atStartOfDay().atOffset(ZoneOffset.UTC),
                last.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    QueryParameters asParameters() {
        return QueryParameters.simple(Map.of("from", first.toString(), "to", last.toString()));
    }
}
