package dev.portcullis.console.sinks.syslog;

import dev.portcullis.console.sinks.Sink;
import dev.portcullis.console.sinks.SinkSettings;
import dev.portcullis.console.sinks.SinkTls;
import dev.portcullis.console.sinks.ocsf.OcsfEvent;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

import javax.net.ssl.SSLSocket;

/// Sends to a syslog server over TCP, with TLS unless told otherwise.
///
/// Syslog has no acknowledgement: what was written may be in a buffer of a server that died. So each
/// batch has a connection of its own, which ends in order: we end our side, and the server, when it has
/// read up to that end, ends its own. A server that is gone or that stops reading does not do that.
public final class SyslogSink implements Sink {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 15_000;
    private static final int BUFFER = 64 * 1024;

    private final SinkSettings.Syslog server;

    public SyslogSink(SinkSettings.Syslog server) {
        this.server = server;
    }

    @Override
    public void send(List<OcsfEvent> events) throws IOException {
        try (var connection = new Socket()) {
            connection.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
            connection.setSoTimeout(ANSWER_MILLIS);
            if (server.tls().isPresent()) {
                try (var secured = secured(connection, server.tls().get())) {
                    deliver(secured, events);
                }
            } else {
                deliver(connection, events);
            }
        }
    }

    /// With the server's certificate checked for its name.
    private SSLSocket secured(Socket connection, SinkTls tls) throws IOException {
        var secured = (SSLSocket)
                tls.context().getSocketFactory().createSocket(connection, server.host(), server.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static void deliver(Socket connection, List<OcsfEvent> events) throws IOException {
        var out = new BufferedOutputStream(connection.getOutputStream(), BUFFER);
        for (var event : events) {
            out.write(SyslogMessage.framed(event));
        }
        out.flush();
        connection.shutdownOutput();
        var in = connection.getInputStream();
        while (in.read() >= 0) {
            // A syslog server has nothing to say; what it says all the same is passed over.
        }
    }

    @Override
    public void close() {
        // no connection outlives a batch
    }
}
