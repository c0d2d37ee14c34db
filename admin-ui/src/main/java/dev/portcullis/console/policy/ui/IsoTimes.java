package dev.portcullis.console.policy.ui;

import java.util.Locale;

/// How fields for times write them: years first, and 24 hours, like everywhere else in the console.
final class IsoTimes {
    /// Swedes write dates as ISO 8601 does.
    static final Locale LOCALE = Locale.of("sv", "SE");

    private IsoTimes() {}
}
