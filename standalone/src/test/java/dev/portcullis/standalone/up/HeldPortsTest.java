package dev.portcullis.standalone.up;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.standalone.process.CannotStart;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

class HeldPortsTest {
    private static final LocalPort ANY = new LocalPort("--proxy-port", 0);

    @Test
    void portIsKeptFromOthersUntilItIsLetGo() throws IOException {
        // Given
        var console = new LocalPort("--console-port", freePort());
        var management = new LocalPort("--management-port", freePort());
        try (var held = HeldPorts.of(List.of(ANY, console, management))) {
            assertThatThrownBy(() -> listenOn(console)).isInstanceOf(BindException.class);

            // When
            held.release(console);
            held.release(ANY);

            // Then
            listenOn(console);
            assertThatThrownBy(() -> listenOn(management)).isInstanceOf(BindException.class);
        }
        listenOn(management);
    }

    @Test
    void takenPortNamesItsOptionAndHoldsNoOther() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var proxy = new LocalPort("--proxy-port", freePort());
            var console = new LocalPort("--console-port", taken.getLocalPort());

            assertThatThrownBy(() -> HeldPorts.of(List.of(proxy, console)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("Port " + console.number() + " cannot be used")
                    .hasMessageEndingWith("choose another with --console-port.");

            listenOn(proxy);
        }
    }

    @Test
    void samePortTwiceIsRefused() {
        assertThatThrownBy(() ->
                        HeldPorts.of(List.of(new LocalPort("--proxy-port", 9), new LocalPort("--console-port", 9))))
                .isInstanceOf(CannotStart.class)
                .hasMessage("--proxy-port and --console-port are both 9: choose different ports.");
        HeldPorts.of(List.of(ANY, new LocalPort("--console-port", 0))).close();
        assertThatThrownBy(() -> new LocalPort("--proxy-port", 65_536)).hasMessageContaining("0 to 65535");
    }

    private static void listenOn(LocalPort port) throws IOException {
        new ServerSocket(port.number(), 1, InetAddress.getLoopbackAddress()).close();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
