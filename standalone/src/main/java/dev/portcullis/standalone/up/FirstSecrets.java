package dev.portcullis.standalone.up;

import dev.portcullis.configuration.Secret;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.standalone.postgres.OwnerOnly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Optional;

import javax.sql.DataSource;

/// What the first start makes up: the admin token, kept in a file, and the admin's password, which is
/// shown once. It is kept in a file until it has been shown, so that a start which fails half-way does
/// not lock everybody out.
record FirstSecrets(DataFolder folder) {

    /// Makes what is missing.
    void prepare(DataSource database) {
        var made = FirstStart.prepare(database);
        try {
            if (made.adminToken().isPresent()) {
                OwnerOnly.write(folder.adminToken(), made.adminToken().get() + "\n");
            }
            if (made.firstPassword().isPresent()) {
                OwnerOnly.write(folder.unseenPassword(), made.firstPassword().get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What secrets in the database are encrypted with; made when it is missing.
    Secret key() {
        try {
            if (!Files.exists(folder.secretsKey())) {
                OwnerOnly.write(folder.secretsKey(), MasterKey.generate().reveal() + "\n");
            }
            return new Secret(Files.readString(folder.secretsKey()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The password that nobody has seen yet.
    Optional<Secret> unseenPassword() {
        try {
            return Files.exists(folder.unseenPassword())
                    ? Optional.of(new Secret(Files.readString(folder.unseenPassword())))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Forgets the password, which somebody has seen now.
    void passwordWasSeen() {
        try {
            Files.deleteIfExists(folder.unseenPassword());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
