package dev.portcullis.standalone.doctor;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Connects to one address after the other, until somebody listens.
final class ConnectionCheck {
    private static final int MOST = 8;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Target target;
    private final Duration patience;

    ConnectionCheck(Target target, Duration patience) {
        this.target = target;
        this.patience = patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
    }

    /// @param address where somebody listens; empty when there is a problem
    record Result(Optional<InetAddress> address, List<Finding> findings) {}

    Result run(List<InetAddress> addresses) {
        var failures = new LinkedHashMap<InetAddress, IOException>();
        for (var address : addresses.subList(0, Math.min(MOST, addresses.size()))) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, target.port()), Math.toIntExact(patience.toMillis()));
                return connected(address, failures);
            } catch (IOException e) {
                failures.put(address, e);
            }
        }
        return new Result(Optional.empty(), List.of(trouble(failures)));
    }

    private Result connected(InetAddress address, Map<InetAddress, IOException> failures) {
        var listens = Finding.ok(Code.CONNECTED, "Somebody listens at " + place(address) + ".");
        if (failures.isEmpty()) {
            return new Result(Optional.of(address), List.of(listens));
        }
        return new Result(
                Optional.of(address),
                List.of(
                        Finding.warning(
                                Code.CONNECTED_PARTLY,
                                "Nobody could be reached at " + places(failures) + ".",
                                "Clients that try only the first address fail: take these out of the DNS, or start the"
                                        + " gateway there."),
                        listens));
    }

    private Finding trouble(Map<InetAddress, IOException> failures) {
        var places = places(failures);
        if (failures.values().stream().anyMatch(SocketTimeoutException.class::isInstance)) {
            return Finding.problem(
                    Code.CONNECTION_LOST,
                    "There is no answer from " + places + ": packets get lost on the way.",
                    "Usually a firewall drops them: have TCP port " + target.port()
                            + " opened from this network, or switch on the VPN.");
        }
        if (failures.values().stream().allMatch(ConnectException.class::isInstance)) {
            return Finding.problem(
                    Code.CONNECTION_REFUSED,
                    "Nobody listens at " + places + ".",
                    "Check the port in the URL, and that the gateway is started.");
        }
        return Finding.problem(
                Code.CONNECTION_UNREACHABLE,
                "This machine knows no way to " + places + " ("
                        + failures.values().iterator().next().getMessage() + ").",
                "Check the network connection and the VPN.");
    }

    private String places(Map<InetAddress, IOException> failures) {
        return failures.keySet().stream().map(this::place).collect(Collectors.joining(", "));
    }

    private String place(InetAddress address) {
        var text = address.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + target.port();
    }
}
