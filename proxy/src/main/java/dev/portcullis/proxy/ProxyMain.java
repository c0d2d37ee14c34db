package dev.portcullis.proxy;

import dev.portcullis.proxy.config.ProxyConfig;

import java.io.IOException;

/// Starts a proxy replica.
public final class ProxyMain {
    private ProxyMain() {}

    /// Starts, and returns when the first policy is in force and clients can connect.
    ///
    /// @throws dev.portcullis.proxy.sync.NoPolicyException when no usable policy is published, or the
    ///     database does not answer
    /// @throws IOException when a port cannot be had; the message is a sentence for people
    public static RunningProxy start(ProxyConfig config) throws IOException, InterruptedException {
        var wiring = new ProxyWiring(config);
        try {
            return wiring.start();
        } catch (IOException | InterruptedException | RuntimeException e) {
            wiring.abandon();
            throw e;
        }
    }
}
