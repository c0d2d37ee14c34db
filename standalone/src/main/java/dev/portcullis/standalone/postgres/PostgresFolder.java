package dev.portcullis.standalone.postgres;

import java.nio.file.Path;

/// Where the embedded PostgreSQL keeps what it has, all below one folder:
///
/// - `server-<hash>/`: the unpacked server, named by its archive's content, so that another version
///   gets another folder
/// - `data/`: the database cluster, in the format of the version that `data/PG_VERSION` names
/// - `password`: of the roles `postgres` and `portcullis`, readable by its owner only
/// - `port`: the port chosen at the first start, kept while it is free
/// - `server.log`: what the server says since its last start; `server.log.1` since the one before
record PostgresFolder(Path root) {
    Path server(String hash) {
        return root.resolve("server-" + hash);
    }

    Path data() {
        return root.resolve("data");
    }

    /// The cluster while it is made; it becomes [#data] in one step, so that a half-made one is never
    /// used.
    Path unfinishedData() {
        return root.resolve("data.unfinished");
    }

    Path postmasterFile() {
        return data().resolve("postmaster.pid");
    }

    Path password() {
        return root.resolve("password");
    }

    Path port() {
        return root.resolve("port");
    }

    Path log() {
        return root.resolve("server.log");
    }

    Path lastLog() {
        return root.resolve("server.log.1");
    }
}
