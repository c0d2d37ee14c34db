package dev.portcullis.standalone.doctor;

import java.util.Optional;

/// What one check found.
///
/// @param check what was looked at
/// @param text what was found, in plain words
/// @param next what to do about it
public record Finding(String check, Outcome outcome, String text, Optional<String> next) {

    /// How it was.
    public enum Outcome {
        OK,
        WARNING,
        PROBLEM,
        SKIPPED
    }

    static Finding ok(String check, String text) {
        return new Finding(check, Outcome.OK, text, Optional.empty());
    }

    static Finding problem(String check, String text, String next) {
        return new Finding(check, Outcome.PROBLEM, text, Optional.of(next));
    }

    static Finding warning(String check, String text, String next) {
        return new Finding(check, Outcome.WARNING, text, Optional.of(next));
    }

    static Finding skipped(String check, String why) {
        return new Finding(check, Outcome.SKIPPED, why, Optional.empty());
    }

    boolean isProblem() {
        return outcome == Outcome.PROBLEM;
    }
}
