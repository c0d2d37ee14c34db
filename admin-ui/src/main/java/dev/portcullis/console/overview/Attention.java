package dev.portcullis.console.overview;

import java.util.Locale;

/// Something that somebody should look at.
///
/// @param kind what it is, for programs, such as `kill_engaged`
/// @param sentence what it is, for people
/// @param screen where in the console to look, relative to its address
public record Attention(Severity severity, String kind, String sentence, String screen) {

    /// How much it matters; the most first.
    public enum Severity {
        /// Calls are stopped, or what keeps the gateway honest is.
        CRITICAL,
        /// It will be critical, or something does not do what it should.
        WARNING,
        /// Somebody's decision is waited for.
        NOTICE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
