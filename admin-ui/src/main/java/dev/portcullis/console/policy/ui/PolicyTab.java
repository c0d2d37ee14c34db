package dev.portcullis.console.policy.ui;

import java.util.Arrays;

/// The panels of the screen, as the URL names them.
enum PolicyTab {
    RULES("rules", "Rules"),
    BENCH("bench", "Test bench"),
    IMPACT("impact", "Impact"),
    CHANGES("changes", "Changes"),
    TESTS("tests", "Tests"),
    SCHEDULE("schedule", "Schedule"),
    HISTORY("history", "History");

    private final String inUrl;
    private final String label;

    PolicyTab(String inUrl, String label) {
        this.inUrl = inUrl;
        this.label = label;
    }

    /// The first one for a name that there is not.
    static PolicyTab named(String inUrl) {
        return Arrays.stream(values())
                .filter(tab -> tab.inUrl.equals(inUrl))
                .findFirst()
                .orElse(RULES);
    }

    String inUrl() {
        return inUrl;
    }

    String label() {
        return label;
    }
}
