package dev.portcullis.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/// A server that runs on a data folder, as its `postmaster.pid` tells.
///
/// @param program with its whole path
/// @param state `starting`, `ready`, `stopping`, or empty when it has not said yet
record Postmaster(ProcessHandle process, String program, int port, String state) {
    private static final int PORT_LINE = 3;
    private static final int STATE_LINE = 7;

    /// The server of this folder, if one is alive.
    ///
    /// What a dead server left behind is PostgreSQL's to judge, with one exception: it would not start
    /// while its last process number belongs to somebody else's program, as happens after a restart of
    /// the machine, so a file that names such a program is removed.
    static Optional<Postmaster> find(PostgresFolder folder) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(folder.postmasterFile());
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        var process = line(lines, 0).flatMap(Postmaster::number).flatMap(ProcessHandle::of);
        var program =
                process.map(ProcessHandle::info).flatMap(info -> info.command().or(info::commandLine));
        if (process.isEmpty() || program.isEmpty()) {
            return Optional.empty();
        }
        if (!program.get().startsWith(folder.root().toString())) {
            Files.deleteIfExists(folder.postmasterFile());
            return Optional.empty();
        }
        return Optional.of(new Postmaster(
                process.get(),
                program.get(),
                line(lines, PORT_LINE).flatMap(Postmaster::number).orElse(0L).intValue(),
                line(lines, STATE_LINE).orElse("")));
    }

    boolean isReady() {
        return state.equals("ready");
    }

    /// Whether it runs on these binaries, and not on those of another version.
    boolean runsOn(ServerBinaries binaries) {
        return program.startsWith(binaries.root().toString());
    }

    private static Optional<String> line(List<String> lines, int index) {
        return index < lines.size() ? Optional.of(lines.get(index).strip()) : Optional.empty();
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
