package dev.portcullis.standalone.doctor;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What one check found.
///
/// @param text what was found, in plain words; what others said is repeated without control characters
/// @param next what to do about it
public record Finding(Code code, Outcome outcome, String text, Optional<String> next) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u202A-\\u202E\\u2066-\\u2069]");
    private static final int LONGEST = 2_000;

    /// How it was.
    public enum Outcome {
        OK,
        /// Worth knowing; nothing is broken by it.
        WARNING,
        PROBLEM,
        /// Could not be looked at.
        SKIPPED;

        /// The name in reports.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        text = plain(text);
        next = next.map(Finding::plain);
    }

    static Finding ok(Code code, String text) {
        return new Finding(code, Outcome.OK, text, Optional.empty());
    }

    static Finding warning(Code code, String text, String next) {
        return new Finding(code, Outcome.WARNING, text, Optional.of(next));
    }

    static Finding problem(Code code, String text, String next) {
        return new Finding(code, Outcome.PROBLEM, text, Optional.of(next));
    }

    static Finding skipped(Code code, String text, String next) {
        return new Finding(code, Outcome.SKIPPED, text, Optional.of(next));
    }

    public Check check() {
        return code.check();
    }

    public boolean isProblem() {
        return outcome == Outcome.PROBLEM;
    }

    /// A server must not be able to paint on the terminal of whoever asks about it.
    private static String plain(String text) {
        var shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return CONTROL.matcher(shortened).replaceAll(" ");
    }
}
