package dev.portcullis.ledger;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;

/// Lines that somebody else has written, one of which may have no end: memory is bounded by the longest that is
/// believed.
final class BoundedLines {
    private static final int AT_ONCE = 1 << 16;

    private final Reader in;
    private final int longest;
    private final char[] some = new char[AT_ONCE];
    private int at;
    private int end;

    /// @param longest in characters
    BoundedLines(Reader in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /// The next line without its end; null when there is none.
    ///
    /// @throws IllegalArgumentException when it is longer than any
    @Nullable
    String next() throws IOException {
        var line = new StringBuilder();
        while (hasMore()) {
            int from = at;
            while (at < end && some[at] != '\n') {
                at++;
            }
            if (line.length() + at - from > longest) {
                throw new IllegalArgumentException("it is longer than " + longest + " characters");
            }
            line.append(some, from, at - from);
            if (at < end) {
                at++;
                return line.toString();
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    private boolean hasMore() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(some));
        }
        return end > 0;
    }
}
