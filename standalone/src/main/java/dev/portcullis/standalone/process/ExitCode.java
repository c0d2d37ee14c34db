package dev.portcullis.standalone.process;

/// What the program tells whoever started it.
public final class ExitCode {
    public static final int FINE = 0;
    /// Refused, a failed check, or a fault of ours.
    public static final int REFUSED = 1;
    /// Wrong usage, configuration or surroundings.
    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
