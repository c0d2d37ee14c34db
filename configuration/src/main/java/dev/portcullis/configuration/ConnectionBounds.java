package dev.portcullis.configuration;

import java.time.Duration;
import java.util.Map;

/// How long a client puts up with a server that answers nothing, and the server with a client that it hears no more of.
///
/// A server that hangs, and a network that swallows everything, leave connections open: without bounds whoever waits
/// for an answer waits for ever, and a transaction whose client is gone keeps its locks from everybody else.
public final class ConnectionBounds {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /// The server asks after a silent client after 30 seconds, and gives it up half a minute later.
    private static final String KEEPALIVES =
            "set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

    private ConnectionBounds() {}

    /// The driver's properties. What the address itself says, as `?socketTimeout=60`, has precedence.
    ///
    /// @param silence how long to wait for the next part of an answer
    public static Map<String, String> driverProperties(Duration silence) {
        var connecting = Long.toString(CONNECTING.toSeconds());
        return Map.of(
                "connectTimeout",
                connecting,
                "loginTimeout",
                connecting,
                "socketTimeout",
                Long.toString(silence.toSeconds()),
                "tcpKeepAlive",
                "true");
    }

    /// What to execute first on each connection.
    ///
    /// @param silence after which the server ends a transaction in which the client asks for nothing; 0 for never
    public static String sessionSettings(Duration silence) {
        return "set idle_in_transaction_session_timeout = " + silence.toMillis() + "; " + KEEPALIVES;
    }
}
