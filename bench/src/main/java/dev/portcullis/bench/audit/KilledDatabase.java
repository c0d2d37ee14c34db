package dev.portcullis.bench.audit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL that can be killed as by the system, and started again on what is on its disk.
final class KilledDatabase implements AutoCloseable {
    private static final String NAME = "portcullis";
    private static final int ATTEMPTS = 60;

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    KilledDatabase(Path folder) throws IOException, InterruptedException, SQLException {
        this.folder = folder;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        server = start();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + NAME);
        }
    }

    int port() {
        return port;
    }

    Connection connect() throws SQLException {
        return server.getDatabase("postgres", NAME).getConnection();
    }

    void kill() throws IOException {
        var pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    void startAgain() throws IOException, InterruptedException {
        // There is nothing left to stop; it lets go of the folder.
        server.close();
        server = start();
    }

    /// What the killed one's sessions still hold keeps the next one from starting for a moment.
    private EmbeddedPostgres start() throws IOException, InterruptedException {
        for (int i = 1; ; i++) {
            try {
                return EmbeddedPostgres.builder()
                        .setDataDirectory(folder)
                        .setCleanDataDirectory(false)
                        .setPort(port)
                        // What the embedded server is otherwise started without.
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .start();
            } catch (IOException | IllegalStateException e) {
                if (i == ATTEMPTS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
