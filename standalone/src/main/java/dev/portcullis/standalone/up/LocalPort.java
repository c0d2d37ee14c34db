package dev.portcullis.standalone.up;

import dev.portcullis.standalone.process.CannotStart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

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

    public InetSocketAddress on(InetAddress address) {
        return new InetSocketAddress(address, number);
    }

    /// `127.0.0.1:8080`, as settings write it.
    public String text() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + number;
    }

    /// Looks early whether an address can be had.
    ///
    /// @param option what chooses another port
    /// @throws CannotStart naming the port and its option
    public static void checkFree(String option, InetSocketAddress address) {
        try (var _ = hold(option, address)) {
            // It can.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes an address until the socket is closed; the same otherwise as [#checkFree].
    static ServerSocket hold(String option, InetSocketAddress address) {
        try {
            return bound(address);
        } catch (IOException e) {
            throw new CannotStart(
                    "Port " + address.getPort() + " cannot be used (" + e.getMessage()
                            + "): stop what uses it, or choose another with " + option + ".",
                    e);
        }
    }

    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
