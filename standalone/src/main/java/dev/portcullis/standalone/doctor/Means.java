package dev.portcullis.standalone.doctor;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.tls.UpstreamTls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;

/// What the way to the tools is gone with.
///
/// @param token what the client shows
/// @param trust whom it believes
/// @param tls with the same trust
/// @param patience how long each step may take
public record Means(Optional<Secret> token, X509TrustManager trust, SSLContext tls, Duration patience, Clock clock) {

    /// @param authorities a PEM file of authorities to believe besides those of the Java runtime
    /// @throws IOException when that file cannot be used
    public static Means of(Optional<Secret> token, Optional<Path> authorities, Duration patience, Clock clock)
            throws IOException {
        return new Means(
                token, UpstreamTls.trustManager(authorities), UpstreamTls.ofJava(authorities), patience, clock);
    }
}
