package dev.portcullis.standalone.up;

import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.HashMap;

/// A port on loopback that something will listen on.
///
/// @param option the command line option that chooses it
/// @param number 0 for any free one
public record LocalPort(String option, int number) {
    private static final int HIGHEST = 65_535;

    public LocalPort {
        if (number < 0 || number > HIGHEST) {
            throw new CannotStart(option + ": " + number + " (expected: 0 to " + HIGHEST + ")");
        }
    }

    /// Looks early, before anything has been started, whether all these can be had.
    ///
    /// @throws CannotStart naming the port and its option
    public static void checkFree(Collection<LocalPort> ports) {
        var chosen = new HashMap<Integer, LocalPort>();
        for (var port : ports) {
            var other = port.number() == 0 ? null : chosen.put(port.number(), port);
            if (other != null) {
                throw new CannotStart(other.option() + " and " + port.option() + " are both " + port.number()
                        + ": choose different ports.");
            }
            checkFree(port.option(), port.on(InetAddress.getLoopbackAddress()));
        }
    }

    public InetSocketAddress on(InetAddress address) {
        return new InetSocketAddress(address, number);
    }

    /// `127.0.0.1:8080`, as settings write it.
    public String text() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + number;
    }

    /// @param option what chooses another port
    /// @throws CannotStart naming the port and its option
    public static void checkFree(String option, InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new CannotStart(
                    "Port " + address.getPort() + " cannot be used (" + e.getMessage()
                            + "): stop what uses it, or choose another with " + option + ".",
                    e);
        }
    }
}
