package dev.portcullis.standalone.client;

import dev.portcullis.configuration.Secret;

import java.net.URI;

/// A console's REST API, or the kill switch of one replica, and the token that opens it.
///
/// @param base the address, which ends in a slash
public record ConsoleAddress(URI base, Secret token, Kind kind) {
    /// What is there.
    public enum Kind {
        CONSOLE("console", "api/v1/"),
        REPLICA("management port of a replica", "");

        private final String noun;
        private final String prefix;

        Kind(String noun, String prefix) {
            this.noun = noun;
            this.prefix = prefix;
        }

        String noun() {
            return noun;
        }
    }

    /// A console.
    public ConsoleAddress(URI base, Secret token) {
        this(base, token, Kind.CONSOLE);
    }

    public ConsoleAddress {
        if (!base.getPath().endsWith("/")) {
            base = URI.create(base + "/");
        }
    }

    /// For a console below `/api/v1/`.
    URI resource(String path) {
        return base.resolve(kind.prefix + path);
    }
}
