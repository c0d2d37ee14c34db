package dev.portcullis.standalone.client;

import dev.portcullis.configuration.Secret;

import java.net.URI;

/// A console's REST API and the token that opens it.
///
/// @param base the console's address, which ends in a slash
public record ConsoleAddress(URI base, Secret token) {
    public ConsoleAddress {
        if (!base.getPath().endsWith("/")) {
            base = URI.create(base + "/");
        }
    }

    /// Below `/api/v1/`.
    URI resource(String path) {
        return base.resolve("api/v1/" + path);
    }
}
