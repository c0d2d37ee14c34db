package dev.portcullis.console.storage;

import dev.portcullis.configuration.Settings;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;

/// What the configuration file says of how the audit trail is kept.
///
/// @param retention absent when it says nothing of it: then admins set it in the console
public record StorageSettings(Period partitions, Optional<Retention> retention) {

    /// In months, for as long as admins say.
    public static StorageSettings usual() {
        return new StorageSettings(Period.MONTHLY, Optional.empty());
    }

    /// Reads `audit` in the section `console`.
    public static StorageSettings from(Settings console) {
        var section = console.section("audit");
        return new StorageSettings(period(section), retention(section));
    }

    private static Optional<Retention> retention(Settings section) {
        var named = section.section("organizations");
        var organizations = new HashMap<String, Optional<Duration>>();
        named.names().forEach(name -> {
            var term = term(named, name);
            if (Retention.isName(name)) {
                organizations.put(name, term);
            } else {
                named.reject(name, "under " + Retention.NAME);
            }
        });
        var usual = term(section, "retention");
        return section.optionalString("retention").isEmpty() && named.names().isEmpty()
                ? Optional.empty()
                : Optional.of(new Retention(usual, organizations));
    }

    private static Period period(Settings section) {
        var word = section.string("partitions", "monthly");
        return switch (word) {
            case "monthly" -> Period.MONTHLY;
            case "daily" -> Period.DAILY;
            default -> {
                section.reject("partitions", "monthly or daily");
                yield Period.MONTHLY;
            }
        };
    }

    private static Optional<Duration> term(Settings section, String key) {
        if (section.string(key, Retention.FOREVER).equals(Retention.FOREVER)) {
            return Optional.empty();
        }
        var term = Optional.of(section.duration(key, Retention.SHORTEST));
        if (!Retention.isTerm(term)) {
            section.reject(key, Retention.TERM);
            return Optional.empty();
        }
        return term;
    }

    /// What one part is for.
    public enum Period {
        MONTHLY("month", ChronoUnit.MONTHS, 3),
        DAILY("day", ChronoUnit.DAYS, 14);

        private final String unit;
        private final ChronoUnit length;
        private final int ahead;

        Period(String unit, ChronoUnit length, int ahead) {
            this.unit = unit;
            this.length = length;
            this.ahead = ahead;
        }

        /// As the database calls it.
        public String unit() {
            return unit;
        }

        /// The last day that there is to be a part for.
        public LocalDate last(LocalDate today) {
            return today.plus(ahead, length);
        }
    }
}
