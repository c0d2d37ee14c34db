package dev.portcullis.configuration;

import java.util.Optional;

/// The key that secrets in the database are encrypted with.
public final class SecretsSettings {
    private SecretsSettings() {}

    /// The key `secrets.key` of `file`, as it is or as `file:PATH`; empty when the installation keeps no
    /// secrets.
    public static Optional<Secret> from(Settings file) {
        return file.section("secrets").optionalSecret("key");
    }
}
