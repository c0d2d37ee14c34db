package dev.portcullis.standalone.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// As whom the server runs. PostgreSQL refuses to run as root, so root needs a way not to be root for
/// it, and one that still reaches a data folder that only root can enter.
///
/// @param prefix what stands before each of the server's programs
/// @param owner the number of the user who owns the data folder in the file system's eyes
record ServerAccount(List<String> prefix, int owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65_534;

    ServerAccount {
        prefix = List.copyOf(prefix);
    }

    /// Whoever runs this program, who is not root.
    static ServerAccount own(int user) {
        return new ServerAccount(List.of(), user);
    }

    /// In a user namespace of its own, where this root is called nobody. To the file system it is still
    /// root, without any of root's privileges outside the namespace, and so it enters what root owns.
    static ServerAccount userNamespace() {
        return new ServerAccount(
                List.of("unshare", "--user", "--map-user=" + NOBODY, "--map-group=" + NOBODY, "--"), ROOT);
    }

    /// As the user nobody, who keeps one capability: to pass closed folders. For where namespaces are
    /// not allowed, as in many containers. Without the secure bit, access(2), which the server's
    /// programs ask first, would not count it.
    static ServerAccount nobody() {
        return new ServerAccount(
                List.of(
                        "setpriv",
                        "--securebits=+no_setuid_fixup",
                        "--reuid=" + NOBODY,
                        "--regid=" + NOBODY,
                        "--clear-groups",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override",
                        "--"),
                NOBODY);
    }

    /// The first way that works on this machine, tried on the server's own binary where it stands.
    ///
    /// @throws PostgresException when there is none
    static ServerAccount choose(Path server, int user) {
        if (user != ROOT) {
            var account = own(user);
            var trial = account.tryOut(server);
            if (!trial.succeeded()) {
                throw new PostgresException(
                        "The embedded PostgreSQL does not run on this machine: " + trial.lastLine() + ".");
            }
            return account;
        }
        return Stream.of(userNamespace(), nobody())
                .filter(account -> account.tryOut(server).succeeded())
                .findFirst()
                .orElseThrow(
                        () -> new PostgresException("PostgreSQL does not run as root, and here root can neither make"
                                + " a user namespace (unshare) nor become another user (setpriv): "
                                + userNamespace().tryOut(server).lastLine()
                                + ". Start `portcullis up` as a normal user."));
    }

    /// Whether files of this owner's can be made this account's: root's two accounts take from each
    /// other, since which of them works may change with the machine.
    boolean mayTakeFrom(int other) {
        return !prefix.isEmpty() && (other == ROOT || other == NOBODY);
    }

    /// A program of the server's with its arguments, ready to run as this account.
    Command command(Path folder, Path program, String... arguments) {
        return new Command(
                Stream.concat(Stream.concat(prefix.stream(), Stream.of(program.toString())), Stream.of(arguments))
                        .toList(),
                folder);
    }

    private Command.Ended tryOut(Path server) {
        try {
            return command(Path.of("/"), server, "--version").run();
        } catch (IOException e) {
            return new Command.Ended(-1, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }
}
