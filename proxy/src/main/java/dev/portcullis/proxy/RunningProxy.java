package dev.portcullis.proxy;

import dev.portcullis.proxy.server.ProxyServer;

import java.util.List;

/// A proxy replica that is running. Closing it takes no more connections, ends the ones there are,
/// writes the audit records that are still waiting, and only then returns.
public final class RunningProxy implements AutoCloseable {
    private final ProxyServer server;
    private final int managementPort;
    private final List<AutoCloseable> parts;

    /// @param parts what to close, in this order
    RunningProxy(ProxyServer server, int managementPort, List<AutoCloseable> parts) {
        this.server = server;
        this.managementPort = managementPort;
        this.parts = List.copyOf(parts);
    }

    /// Where clients connect.
    public int port() {
        return server.port();
    }

    /// Where health and metrics are.
    public int managementPort() {
        return managementPort;
    }

    @Override
    public void close() {
        Closing.all(parts);
    }
}
