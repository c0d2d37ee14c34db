package dev.portcullis.standalone.postgres;

import java.util.Locale;

/// The kind of machine this is, as the archives of server binaries name it.
record Platform(String system, String architecture) {

    /// @throws PostgresException when there are no binaries for such a machine
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String system, String architecture) {
        var name = system.toLowerCase(Locale.ROOT);
        if (!name.equals("linux") && !name.startsWith("mac")) {
            throw unsupported(system, architecture);
        }
        return new Platform(
                name.equals("linux") ? "linux" : "darwin",
                switch (architecture.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> throw unsupported(system, architecture);
                });
    }

    boolean isLinux() {
        return system.equals("linux");
    }

    /// The archive's name on the class path.
    String archive() {
        return "postgres-" + system + "-" + architecture + ".txz";
    }

    private static PostgresException unsupported(String system, String architecture) {
        return new PostgresException("There is no embedded PostgreSQL for " + system + " on " + architecture
                + ". Run `portcullis proxy` and `portcullis console` on a PostgreSQL of your own instead.");
    }
}
