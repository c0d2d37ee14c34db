package dev.portcullis.standalone.process;

import dev.portcullis.proxy.ProxyMain;
import dev.portcullis.proxy.RunningProxy;
import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.sync.NoPolicyException;

import java.io.IOException;

/// Starts a replica of the proxy in this JVM.
public final class ProxyReplica {
    private ProxyReplica() {}

    /// Returns once clients can connect.
    ///
    /// @throws CannotStart with a sentence when a port is taken or no usable policy is published
    public static RunningProxy start(ProxyConfig config) {
        try {
            return ProxyMain.start(config);
        } catch (NoPolicyException e) {
            throw new CannotStart("The proxy cannot start without a policy: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CannotStart("The proxy cannot start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("The start of the proxy was interrupted.", e);
        }
    }
}
