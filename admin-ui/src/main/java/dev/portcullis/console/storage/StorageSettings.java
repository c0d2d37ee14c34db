package dev.portcullis.console.storage;

import dev.portcullis.configuration.Settings;

import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Optional;

/// How the audit trail is kept.
public record StorageSettings(Period partitions, Retention retention) {

    private static final String FOREVER = "forever";

    /// In months, for ever.
    public static StorageSettings usual() {
        return new StorageSettings(Period.MONTHLY, Retention.forEver());
    }

    /// Reads `audit` in the section `console`.
    public static StorageSettings from(Settings console) {
        var section = console.section("audit");
        var named = section.section("organizations");
        var organizations = new HashMap<String, Optional<Duration>>();
        named.names().forEach(name -> organizations.put(name, term(named, name)));
        return new StorageSettings(period(section), new Retention(term(section, "retention"), organizations));
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
        if (section.string(key, FOREVER).equals(FOREVER)) {
            return Optional.empty();
        }
        var term = section.duration(key, Retention.SHORTEST);
        if (term.compareTo(Retention.SHORTEST) < 0) {
            section.reject(key, "forever, or at least 1d");
            return Optional.empty();
        }
        return Optional.of(term);
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
