package dev.portcullis.standalone.up;

import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The ports that somebody has chosen, taken early and kept from whatever starts before their servers do: the database
/// goes back to the port of its last time, and the system hands out any that is free.
///
/// Who connects meanwhile waits, and is cut off when the port is let go.
final class HeldPorts implements AutoCloseable {
    private final Map<Integer, ServerSocket> sockets = new HashMap<>();

    private HeldPorts() {}

    /// Takes all of them, but for those that are to be any free port.
    ///
    /// @throws CannotStart when one cannot be had, naming it and its option, or when two are the same
    static HeldPorts of(Collection<LocalPort> ports) {
        var held = new HeldPorts();
        try {
            checkDifferent(ports);
            for (var port : ports) {
                if (port.number() != 0) {
                    var address = port.on(InetAddress.getLoopbackAddress());
                    held.sockets.put(port.number(), LocalPort.hold(port.option(), address));
                }
            }
            return held;
        } catch (CannotStart e) {
            held.close();
            throw e;
        }
    }

    private static void checkDifferent(Collection<LocalPort> ports) {
        var chosen = new HashMap<Integer, LocalPort>();
        for (var port : ports) {
            var other = port.number() == 0 ? null : chosen.put(port.number(), port);
            if (other != null) {
                throw new CannotStart(other.option() + " and " + port.option() + " are both " + port.number()
                        + ": choose different ports.");
            }
        }
    }

    /// Lets one go, for the server that is meant to have it.
    void release(LocalPort port) {
        var socket = sockets.remove(port.number());
        if (socket != null) {
            close(socket);
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(HeldPorts::close);
        sockets.clear();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
