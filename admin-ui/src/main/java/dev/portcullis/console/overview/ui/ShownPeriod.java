package dev.portcullis.console.overview.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.counts.CountedPeriod;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The period that is shown, as it stands in the URL: one that ends now, or one from a time to another.
sealed interface ShownPeriod {

    OffsetDateTime from(OffsetDateTime now);

    OffsetDateTime to(OffsetDateTime now);

    /// Whether it moves with the clock.
    boolean moves();

    /// For people, behind "calls in".
    String words();

    Map<String, String> asParameters();

    /// Whatever cannot be read is the last day.
    static ShownPeriod of(QueryParameters parameters) {
        return read(parameters).orElse(Last.DAY);
    }

    /// Whether nothing is asked for that cannot be read.
    static boolean isReadable(QueryParameters parameters) {
        return read(parameters).isPresent()
                || Stream.of("period", "from", "to")
                        .allMatch(name -> parameters.getSingleParameter(name).isEmpty());
    }

    private static Optional<ShownPeriod> read(QueryParameters parameters) {
        return parameters
                .getSingleParameter("period")
                .flatMap(Last::named)
                .map(ShownPeriod.class::cast)
                .or(() -> time(parameters, "from")
                        .flatMap(from -> time(parameters, "to").flatMap(to -> between(from, to))));
    }

    /// Empty when there is no such period.
    static Optional<ShownPeriod> between(OffsetDateTime from, OffsetDateTime to) {
        return from.isBefore(to) && Duration.between(from, to).compareTo(CountedPeriod.LONGEST) <= 0
                ? Optional.of(new Between(from, to))
                : Optional.empty();
    }

    private static Optional<OffsetDateTime> time(QueryParameters parameters, String name) {
        try {
            return parameters.getSingleParameter(name).map(OffsetDateTime::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Until now.
    enum Last implements ShownPeriod {
        HOUR("1h", "1 h", "the last hour", Duration.ofHours(1)),
        DAY("24h", "24 h", "the last 24 hours", Duration.ofDays(1)),
        WEEK("7d", "7 d", "the last 7 days", Duration.ofDays(7)),
        MONTH("30d", "30 d", "the last 30 days", Duration.ofDays(30));

        private final String inUrl;
        private final String label;
        private final String words;
        private final Duration length;

        Last(String inUrl, String label, String words, Duration length) {
            this.inUrl = inUrl;
            this.label = label;
            this.words = words;
            this.length = length;
        }

        static Optional<Last> named(String inUrl) {
            for (var last : values()) {
                if (last.inUrl.equals(inUrl)) {
                    return Optional.of(last);
                }
            }
            return Optional.empty();
        }

        String label() {
            return label;
        }

        @Override
        public OffsetDateTime from(OffsetDateTime now) {
            return now.minus(length);
        }

        @Override
        public OffsetDateTime to(OffsetDateTime now) {
            return now;
        }

        @Override
        public boolean moves() {
            return true;
        }

        @Override
        public String words() {
            return words;
        }

        @Override
        public Map<String, String> asParameters() {
            return Map.of("period", inUrl);
        }
    }

    /// From a time to another.
    record Between(OffsetDateTime from, OffsetDateTime to) implements ShownPeriod {
        @Override
        public OffsetDateTime from(OffsetDateTime now) {
            return from;
        }

        @Override
        public OffsetDateTime to(OffsetDateTime now) {
            return to;
        }

        @Override
        public boolean moves() {
            return false;
        }

        @Override
        public String words() {
            return Moments.toTheSecond(from) + " to " + Moments.toTheSecond(to);
        }

        @Override
        public Map<String, String> asParameters() {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("from", from.toString());
            parameters.put("to", to.toString());
            return parameters;
        }
    }
}
