package dev.portcullis.ledger;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/// A file of checkpoints, one on each line as [Checkpoint#json] writes it, that the database's users cannot
/// change. Several processes may append to it.
public final class AnchorFile {
    private static final String BEGIN = "{\"chain\":\"";

    private AnchorFile() {}

    /// Appends a line, and returns when it is on the disk. What a process that died has left of its line ends first.
    public static void append(Path file, Checkpoint checkpoint) throws IOException {
        var begin = Files.exists(file) && isTorn(file) ? "\n" : "";
        var line = ByteBuffer.wrap((begin + checkpoint.json() + "\n").getBytes(StandardCharsets.UTF_8));
        try (var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    private static boolean isTorn(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /// Reads the checkpoints of a file, in order, as far as it went when its length was asked for. A line that was half
    /// written, at the end or where the next process went on, is left out: its checkpoint was never anchored.
    static final class Reader implements Iterator<Checkpoint>, AutoCloseable {
        private final Path file;
        private final String wanted;
        private final BufferedReader lines;
        private final long length;
        private long position;
        private int number;
        private @Nullable String following;
        private Optional<Checkpoint> next = Optional.empty();

        /// @param length of the file; what was appended later is not looked at
        /// @param wanted what a line must have in it; the others are not looked at
        Reader(Path file, long length, String wanted) throws IOException {
            this.length = length;
            this.file = file;
            this.wanted = wanted;
            this.lines = Files.newBufferedReader(file);
            this.following = nextLine();
            advance();
        }

        @Override
        public boolean hasNext() {
            return next.isPresent();
        }

        @Override
        public Checkpoint next() {
            var checkpoint = next.orElseThrow();
            advance();
            return checkpoint;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }

        private void advance() {
            next = Optional.empty();
            try {
                while (next.isEmpty() && following != null) {
                    var line = following;
                    number++;
                    following = nextLine();
                    if (line.contains(wanted)) {
                        next = checkpoint(line, following == null);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read (" + e.getMessage() + ")", e);
            }
        }

        /// Lines are ASCII, a byte for each character.
        private @Nullable String nextLine() throws IOException {
            if (position >= length) {
                return null;
            }
            var line = lines.readLine();
            position += line == null ? 0 : line.length() + 1;
            return line == null || position > length + 1 ? null : line;
        }

        /// The only brace that closes is the last character.
        private static boolean isHalf(String line) {
            return (line.startsWith(BEGIN) || BEGIN.startsWith(line)) && line.indexOf('}') < 0;
        }

        private Optional<Checkpoint> checkpoint(String line, boolean isLast) throws IOException {
            try {
                return Optional.of(Checkpoint.read(line));
            } catch (IllegalArgumentException e) {
                if (isLast || isHalf(line)) {
                    return Optional.empty();
                }
                throw new IOException("line " + number + " is no checkpoint: " + e.getMessage(), e);
            }
        }
    }
}
