package dev.portcullis.proxy.config;

import dev.portcullis.configuration.Secret;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Who evaluates the policy.
public sealed interface EngineSettings {

    /// The engine in this process.
    record Embedded() implements EngineSettings {}

    /// An OPA server that has the policy as a bundle.
    ///
    /// @param url where it is; a path of its own, if it has one, comes before that of OPA's API
    /// @param token shown to it as a bearer token
    /// @param authorities a PEM file; trusted besides those of the Java runtime
    /// @param timeout how long a decision may take
    /// @param connections how many questions may be under way; one more is not decided
    /// @param answerBytes how large an answer may be
    record Opa(
            URI url,
            Optional<Secret> token,
            Optional<Path> authorities,
            Duration timeout,
            int connections,
            int answerBytes)
            implements EngineSettings {
        static final Range<Duration> TIMEOUT = new Range<>(Duration.ofMillis(10), Duration.ofSeconds(30));
        static final Range<Integer> CONNECTIONS = new Range<>(1, 10_000);
        static final Range<Integer> ANSWER_BYTES = new Range<>(16 * 1024, 64 * 1024 * 1024);

        static final Duration USUAL_TIMEOUT = Duration.ofMillis(500);
        static final int USUAL_CONNECTIONS = 256;
        static final int USUAL_ANSWER_BYTES = 1024 * 1024;

        public Opa {
            TIMEOUT.check("timeout", timeout);
            CONNECTIONS.check("connections", connections);
            ANSWER_BYTES.check("answer", answerBytes);
        }

        /// An OPA server as it usually is asked.
        public static Opa at(URI url) {
            return new Opa(
                    url, Optional.empty(), Optional.empty(), USUAL_TIMEOUT, USUAL_CONNECTIONS, USUAL_ANSWER_BYTES);
        }
    }
}
