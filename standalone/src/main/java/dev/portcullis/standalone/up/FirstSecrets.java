package dev.portcullis.standalone.up;

import dev.portcullis.configuration.Secret;
import dev.portcullis.console.setup.FirstStart;
import dev.portcullis.secrets.MasterKey;
import dev.portcullis.standalone.postgres.OwnerOnly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

import javax.sql.DataSource;

/// What the first start makes up: tokens and a key, kept in files, and the admin's password, which is shown
/// once. It is kept in a file until it has been shown, so that a start which fails half-way does
/// not lock everybody out.
record FirstSecrets(DataFolder folder) {
    private static final int TOKEN_BYTES = 32;

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
        return kept(folder.secretsKey(), () -> MasterKey.generate().reveal());
    }

    /// What opens the kill switch of the management port; made when it is missing.
    Secret managementToken() {
        return kept(folder.managementToken(), FirstSecrets::randomToken);
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

    private static Secret kept(Path file, Supplier<String> made) {
        try {
            if (!Files.exists(file)) {
                OwnerOnly.write(file, made.get() + "\n");
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String randomToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
