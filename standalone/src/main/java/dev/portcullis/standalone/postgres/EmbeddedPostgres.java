package dev.portcullis.standalone.postgres;

import com.sun.security.auth.module.UnixSystem;
import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.Secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// A real PostgreSQL server for trying Portcullis out: unpacked, set up and started below one folder,
/// on loopback, with passwords, checksums and fsync on. It has no backup tools; a production
/// installation has a PostgreSQL of its own.
///
/// The server is a process of its own and survives a killed JVM; the next start on the same folder
/// finds it and goes on with it. Not for use by two JVMs on one folder at once: the caller holds a
/// lock.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int PASSWORD_BYTES = 24;

    private final Cluster cluster;
    private final DatabaseSettings settings;

    private EmbeddedPostgres(Cluster cluster, DatabaseSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /// Starts the server of `folder`, which may be missing, empty, or used before, and makes sure that
    /// the product's database is in it.
    ///
    /// @throws PostgresException when it cannot, with a sentence that says why
    public static EmbeddedPostgres start(Path folder) {
        var platform = Platform.current();
        try {
            OwnerOnly.createFolder(folder);
            // The real path is what the system tells about running programs.
            var files = new PostgresFolder(folder.toRealPath());
            var binaries = ServerBinaries.unpack(platform, files);
            int user = Math.toIntExact(new UnixSystem().getUid());
            var account = ServerAccount.choose(binaries.program("postgres"), user);
            return start(new Cluster(files, binaries, account));
        } catch (IOException e) {
            throw new PostgresException("The embedded PostgreSQL cannot be set up in " + folder + ": " + e + ".", e);
        }
    }

    /// How to connect to the server of `folder`, when it runs and is ready. Nothing is started or changed.
    ///
    /// @throws PostgresException when the folder does not say
    public static Optional<DatabaseSettings> running(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            var files = new PostgresFolder(folder.toRealPath());
            var found = Postmaster.find(files).filter(Postmaster::isReady);
            return found.isPresent()
                    ? Optional.of(new Database(found.get().port(), password(files)).settings())
                    : Optional.empty();
        } catch (IOException e) {
            throw new PostgresException("The embedded PostgreSQL in " + folder + " cannot be found: " + e + ".", e);
        }
    }

    /// The same with everything chosen.
    static EmbeddedPostgres start(Cluster cluster) throws IOException {
        var password = password(cluster.folder());
        cluster.create();
        int port = running(cluster).orElse(0);
        if (port == 0) {
            port = freePort(cluster.folder());
            cluster.start(port);
            OwnerOnly.write(cluster.folder().port(), Integer.toString(port));
        }
        var database = new Database(port, password);
        var postgres = new EmbeddedPostgres(cluster, database.settings());
        try {
            database.create();
        } catch (PostgresException e) {
            postgres.close();
            throw e;
        }
        return postgres;
    }

    /// How to connect to the product's database.
    public DatabaseSettings settings() {
        return settings;
    }

    /// Stops the server, also one that was found running.
    @Override
    public void close() {
        try {
            cluster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Secret password(PostgresFolder folder) throws IOException {
        if (Files.exists(folder.password())) {
            return new Secret(Files.readString(folder.password()).strip());
        }
        if (Files.exists(folder.data())) {
            throw new PostgresException("The database in " + folder.data() + " has lost its password, which was in "
                    + folder.password() + ".");
        }
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        OwnerOnly.write(folder.password(), password);
        return new Secret(password);
    }

    /// The port of a server that outlived its JVM, once it is ready. One of other binaries is stopped,
    /// and then none runs.
    private static Optional<Integer> running(Cluster cluster) throws IOException {
        var end = Instant.now().plus(LONGEST_CHANGE);
        for (var found = Postmaster.find(cluster.folder());
                found.isPresent();
                found = Postmaster.find(cluster.folder())) {
            if (!found.get().runsOn(cluster.binaries())) {
                cluster.stop();
            } else if (found.get().isReady()) {
                return Optional.of(found.get().port());
            } else if (Instant.now().isAfter(end)) {
                throw new PostgresException("A PostgreSQL that was found running on "
                        + cluster.folder().data() + " neither becomes ready nor ends.");
            }
            pause();
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while a running PostgreSQL was getting ready.", e);
        }
    }

    /// The port of the last time if nobody took it, so that tools which were pointed at it still find
    /// it.
    private static int freePort(PostgresFolder folder) throws IOException {
        if (Files.exists(folder.port())) {
            int kept = Integer.parseInt(Files.readString(folder.port()).strip());
            if (isFree(kept)) {
                return kept;
            }
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
