package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Secret;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// The management port.
///
/// @param listen where health and metrics are served
/// @param kills how this replica alone can be stopped; absent when it cannot
public record ManagementSettings(InetSocketAddress listen, Optional<LocalKillSettings> kills) {
    public ManagementSettings {
        if (listen.isUnresolved()) {
            throw Range.wrong("management", listen, "an address of this machine");
        }
    }

    /// Health and metrics only.
    public static ManagementSettings at(InetSocketAddress listen) {
        return new ManagementSettings(listen, Optional.empty());
    }

    /// The kill switch of one replica.
    ///
    /// @param token what whoever uses it has to show
    /// @param file where its kills are kept
    /// @param remote whether other machines may use it, too
    public record LocalKillSettings(Secret token, Path file, boolean remote) {
        /// Shorter ones can be guessed.
        public static final int SHORTEST_TOKEN = 20;

        public LocalKillSettings {
            if (isTooShort(token)) {
                throw Range.wrong("token", "too short", SHORTEST_TOKEN + " characters or more");
            }
        }

        static boolean isTooShort(Secret token) {
            return token.reveal().length() < SHORTEST_TOKEN;
        }
    }
}
