package dev.portcullis.console.sinks;

import dev.portcullis.configuration.Secret;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A sink as its configuration describes it.
///
/// @param name by which its cursor is kept
/// @param from where it begins when it is new
/// @param only what it is sent
/// @param arguments whether calls are sent with their redacted arguments
public record SinkSettings(String name, Receiver receiver, Start from, Content only, boolean arguments) {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";
    private static final int HIGHEST_PORT = 65_535;

    public SinkSettings {
        if (!isName(name)) {
            throw new IllegalArgumentException("name: " + name + " (expected: " + NAME + ")");
        }
    }

    /// Whether a sink may have this name: small letters, digits and hyphens, at most 63.
    public static boolean isName(String name) {
        return name.matches(NAME);
    }

    /// Where a new sink begins.
    public enum Start {
        /// With what is recorded from now on.
        NOW,
        /// With the oldest record that is there.
        BEGINNING
    }

    /// What a sink is sent.
    public enum Content {
        ALL,
        TOOL_CALLS,
        ADMIN_EVENTS;

        public boolean hasToolCalls() {
            return this != ADMIN_EVENTS;
        }

        public boolean hasAdminEvents() {
            return this != TOOL_CALLS;
        }
    }

    /// What stands at the other end.
    public sealed interface Receiver {
        /// Where it is, for people.
        String place();
    }

    /// A syslog server.
    ///
    /// @param tls absent for plain TCP
    public record Syslog(String host, int port, Optional<SinkTls> tls) implements Receiver {
        public Syslog {
            if (port < 1 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("port: " + port + " (expected: 1 to " + HIGHEST_PORT + ")");
            }
        }

        @Override
        public String place() {
            return host + ":" + port;
        }
    }

    /// A receiver of OpenTelemetry logs over HTTP.
    ///
    /// @param endpoint its whole address, usually with the path `/v1/logs`
    /// @param headers what every request carries, such as a token
    /// @param tls used when the address is `https:`
    public record Otlp(URI endpoint, Map<String, Secret> headers, SinkTls tls) implements Receiver {
        public Otlp {
            headers = Map.copyOf(headers);
            var scheme = endpoint.getScheme();
            if (!"http".equals(scheme) && !"https".equals(scheme)) {
                throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: http:// or https://)");
            }
        }

        @Override
        public String place() {
            return endpoint.getScheme() + "://" + endpoint.getRawAuthority() + endpoint.getRawPath();
        }
    }
}
