package dev.portcullis.standalone.up;

import dev.portcullis.standalone.postgres.OwnerOnly;
import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Everything that one `portcullis up` installation keeps; `.portcullis` unless `--data` names another
/// folder.
///
/// - `postgresql/`: the embedded database, see [dev.portcullis.standalone.postgres.EmbeddedPostgres];
///   all that matters is in it
/// - `admin-token`: the first token for the REST API, readable by its owner only; written once
/// - `console-url`: where the console listened at the last start, for `portcullis status` and the like
/// - `first-password`: of the console's admin, only until it has been shown
/// - `loopback-upstreams`: `host:port` of the upstreams on this machine that `--upstream` ever named
/// - `logs/portcullis.log`: the log, with older ones beside it
/// - `secrets.key`: what secrets in the database are encrypted with
/// - `management-token`: opens the kill switch of the management port, readable by its owner only; made when
///   it is missing
/// - `kills.json`: the kills that were engaged there
/// - `journal/`: audit records that the database does not have yet
/// - `audit-signing.key`: what signs checkpoints of the audit trail, of the proxy and of the console
/// - `lock`: held by the installation that runs; holds its process number
///
/// Whoever copies the folder while it is stopped has a copy of the installation.
///
/// @param root an absolute path
public record DataFolder(Path root) {
    private static final String DEFAULT = ".portcullis";

    /// The folder at `path`, which need not exist.
    public static DataFolder at(Path path) {
        return new DataFolder(path.toAbsolutePath().normalize());
    }

    public static DataFolder standard() {
        return at(Path.of(DEFAULT));
    }

    /// Makes the folder if it is missing, for its owner only.
    ///
    /// @throws CannotStart when nothing can be written there
    public void prepare() {
        try {
            OwnerOnly.createFolder(root);
            OwnerOnly.createFolder(logFile().resolveSibling(""));
            Files.delete(Files.createTempFile(root, "writable", ""));
        } catch (IOException | SecurityException e) {
            throw new CannotStart(
                    "The data folder " + root + " cannot be written to ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage()
                            + "): choose another one with --data.",
                    e);
        }
    }

    public Path postgres() {
        return root.resolve("postgresql");
    }

    public Path adminToken() {
        return root.resolve("admin-token");
    }

    public Path consoleUrl() {
        return root.resolve("console-url");
    }

    public Path unseenPassword() {
        return root.resolve("first-password");
    }

    public Path secretsKey() {
        return root.resolve("secrets.key");
    }

    public Path managementToken() {
        return root.resolve("management-token");
    }

    public Path kills() {
        return root.resolve("kills.json");
    }

    public Path journal() {
        return root.resolve("journal");
    }

    public Path signingKey() {
        return root.resolve("audit-signing.key");
    }

    public Path loopbackUpstreams() {
        return root.resolve("loopback-upstreams");
    }

    public Path logFile() {
        return root.resolve("logs").resolve("portcullis.log");
    }

    public Path lock() {
        return root.resolve("lock");
    }
}
