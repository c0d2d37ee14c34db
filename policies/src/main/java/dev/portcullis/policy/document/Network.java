package dev.portcullis.policy.document;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A network in CIDR notation: an IPv4 or IPv6 address without host bits, and the length of its prefix.
public record Network(InetAddress address, int prefix) {
    private static final Pattern FOUR_NUMBERS =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    public Network {
        if (prefix < 0 || prefix > bits(address)) {
            throw new IllegalArgumentException("prefix: %d (expected: 0 to %d)".formatted(prefix, bits(address)));
        }
        if (!address.equals(masked(address, prefix))) {
            throw new IllegalArgumentException(
                    "address: %s/%d (expected: no host bits)".formatted(address.getHostAddress(), prefix));
        }
    }

    /// Reads strict CIDR notation: four plain decimal numbers or an IPv6 literal without zone, and a
    /// prefix length. Empty for anything else, host bits and IPv4-mapped addresses included.
    public static Optional<Network> parse(String text) {
        return split(text).filter(Network::hasNoHostBits).map(Parts::network);
    }

    /// What was probably meant by a text that [#parse] does not accept.
    public static Optional<Network> nearest(String text) {
        return split(text)
                .or(() -> literal(text).map(address -> new Parts(address, bits(address))))
                .map(Parts::network);
    }

    /// The network of that size that an address is in.
    public static Network around(InetAddress address, int prefix) {
        return new Network(masked(address, prefix), prefix);
    }

    public boolean contains(InetAddress candidate) {
        return bits(candidate) == bits(address) && masked(candidate, prefix).equals(address);
    }

    /// Whether every address of the other network is one of this network too.
    public boolean covers(Network other) {
        return prefix <= other.prefix && contains(other.address);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }

    private record Parts(InetAddress address, int prefix) {
        Network network() {
            return new Network(masked(address, prefix), prefix);
        }
    }

    private static Optional<Parts> split(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        var prefix = Integer.parseInt(text.substring(slash + 1));
        return literal(text.substring(0, slash))
                .filter(address -> prefix <= bits(address))
                .map(address -> new Parts(address, prefix));
    }

    private static Optional<InetAddress> literal(String text) {
        if (FOUR_NUMBERS.matcher(text).matches()) {
            return Optional.of(InetAddress.ofLiteral(text));
        }
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text)).filter(Inet6Address.class::isInstance);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean hasNoHostBits(Parts parts) {
        return parts.address().equals(masked(parts.address(), parts.prefix()));
    }

    private static int bits(InetAddress address) {
        return address instanceof Inet4Address ? 32 : 128;
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        var bytes = address.getAddress();
        var whole = prefix / 8;
        if (whole < bytes.length) {
            bytes[whole] = (byte) (bytes[whole] & (0xff00 >> (prefix % 8)));
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 or 16 bytes is always valid", impossible);
        }
    }
}
