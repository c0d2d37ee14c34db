package dev.portcullis.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// One database cluster on disk: made once, then started and stopped by PostgreSQL's own programs.
record Cluster(PostgresFolder folder, ServerBinaries binaries, ServerAccount account) {
    private static final String START_SECONDS = "300";
    private static final String STOP_SECONDS = "60";
    private static final String FATAL = "FATAL:";

    /// Makes the cluster when there is none. Passwords are required from everybody, pages have
    /// checksums, and text is UTF-8 in an order that does not depend on the machine's locales.
    void create() throws IOException {
        if (Files.exists(folder.data())) {
            return;
        }
        var unfinished = folder.unfinishedData();
        FileTree.delete(unfinished);
        OwnerOnly.createFolder(unfinished);
        giveToAccount(unfinished);
        var made = run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + Database.ADMINISTRATOR,
                "--pwfile=" + folder.password(),
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        if (!made.succeeded()) {
            throw new PostgresException("The database cannot be made: " + made.lastLine() + ".");
        }
        Files.move(unfinished, folder.data());
    }

    /// Starts the server and waits until it takes connections; a recovery after a crash may take its
    /// time.
    void start(int port) throws IOException {
        var configuration = folder.data().resolve("postgresql.conf");
        Files.writeString(configuration, ServerConfiguration.text(port));
        giveToAccount(folder.data());
        if (Files.exists(folder.log())) {
            Files.move(folder.log(), folder.lastLog(), StandardCopyOption.REPLACE_EXISTING);
        }
        var started = run(
                "pg_ctl",
                "start",
                "--pgdata=" + folder.data(),
                "--wait",
                "--silent",
                "--timeout=" + START_SECONDS,
                "--log=" + folder.log());
        if (!started.succeeded()) {
            throw new PostgresException("The database in " + folder.data() + " does not start: " + lastFatal(started)
                    + ". Its log is " + folder.log() + ".");
        }
    }

    /// Ends all connections and stops the server; what was committed stays.
    void stop() throws IOException {
        var stopped = run(
                "pg_ctl",
                "stop",
                "--pgdata=" + folder.data(),
                "--mode=fast",
                "--wait",
                "--silent",
                "--timeout=" + STOP_SECONDS);
        if (!stopped.succeeded()) {
            throw new PostgresException(
                    "The database in " + folder.data() + " does not stop: " + stopped.lastLine() + ".");
        }
    }

    private Command.Ended run(String program, String... arguments) throws IOException {
        return account.command(folder.root(), binaries.program(program), arguments)
                .run();
    }

    /// Only root can give files away, and only between the two accounts that root uses for the server.
    private void giveToAccount(Path files) throws IOException {
        int owner = FileTree.owner(files);
        if (account.mayTakeFrom(owner)) {
            FileTree.give(files, account.owner());
        } else if (owner != account.owner()) {
            throw new PostgresException("The database in " + files + " belongs to the user with the number " + owner
                    + ": start `portcullis up` as that user.");
        }
    }

    private String lastFatal(Command.Ended ended) throws IOException {
        try (var lines = Files.lines(folder.log())) {
            return lines.filter(line -> line.contains(FATAL))
                    .reduce((first, second) -> second)
                    .map(line ->
                            line.substring(line.indexOf(FATAL) + FATAL.length()).strip())
                    .orElseGet(ended::lastLine);
        } catch (NoSuchFileException none) {
            return ended.lastLine();
        }
    }
}
