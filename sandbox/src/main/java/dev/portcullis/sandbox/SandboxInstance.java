package dev.portcullis.sandbox;

import dev.portcullis.sandbox.catalogue.Catalogue;
import io.modelcontextprotocol.spec.HttpHeaders;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Clock;

/// One organization behind one address: its catalogue, and the sessions of its clients.
///
/// Sessions are bounded: after [#SESSIONS] have been opened, all of them end and counting starts again.
/// Their clients get a 404 and open a new one, as the protocol tells them to; the catalogue stays.
/// Thread-safe.
final class SandboxInstance implements AutoCloseable {

    static final int SESSIONS = 1_000;

    private final Catalogue catalogue;
    private SessionHost host;
    private int opened;

    SandboxInstance(Clock clock) {
        this.catalogue = Catalogue.seeded(clock);
        this.host = new SessionHost(catalogue);
    }

    void service(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        host(request).service(request, response);
        if (response.getHeader(HttpHeaders.MCP_SESSION_ID) != null) {
            countSession();
        }
    }

    @Override
    public synchronized void close() {
        host.close();
    }

    private synchronized SessionHost host(HttpServletRequest request) {
        if (opened >= SESSIONS && request.getHeader(HttpHeaders.MCP_SESSION_ID) == null) {
            host.close();
            host = new SessionHost(catalogue);
            opened = 0;
        }
        return host;
    }

    private synchronized void countSession() {
        opened++;
    }
}
