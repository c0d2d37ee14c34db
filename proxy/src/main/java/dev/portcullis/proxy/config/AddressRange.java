package dev.portcullis.proxy.config;

import dev.portcullis.policy.document.Network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A range of addresses that are not public, and who may open it.
///
/// @param openable whether an operator may open networks in it; what leads nowhere, to many, or to an
///     IPv4 address by another way has no use that would be worth the doubt
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, special-purpose IPv4
///     addresses</a>
/// @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA, special-purpose IPv6
///     addresses</a>
record AddressRange(Network network, boolean openable) {
    /// Translated to the IPv4 address in its last four bytes, as networks without IPv4 reach one.
    ///
    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6052#section-2.1">RFC 6052, 2.1</a>
    private static final Network NAT64 = network("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    /// Private, shared and link-local networks, networks for documentation and tests, and single
    /// addresses at which clouds answer with credentials: those are open only to an entry for themselves.
    private static final List<String> OPENABLE = List.of(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "169.254.169.254/32",
            "169.254.170.2/32",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.0.192/32",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "64:ff9b:1::/48",
            "2001:db8::/32",
            "3fff::/20",
            "fc00::/7",
            "fd00:ec2::254/128",
            "fd00:ec2::23/128",
            "fd20:ce::254/128",
            "fe80::/10",
            "fec0::/10");

    /// Whatever of IPv6 nobody has assigned to the public, 6to4, Teredo and its kind, multicast, the ends
    /// of IPv4, and loopback, which is not opened by network.
    private static final List<String> CLOSED = List.of(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "192.88.99.0/24",
            "224.0.0.0/3",
            "::/3",
            "2001::/23",
            "2002::/16",
            "4000::/2",
            "8000::/1",
            "ff00::/8");

    /// The narrowest first, so that the first to contain an address is the one it belongs to.
    private static final List<AddressRange> ALL = Stream.concat(
                    OPENABLE.stream().map(text -> new AddressRange(network(text), true)),
                    CLOSED.stream().map(text -> new AddressRange(network(text), false)))
            .sorted(Comparator.comparingInt(
                            (AddressRange range) -> range.network().prefix())
                    .reversed())
            .toList();

    /// The range an address belongs to; empty when it is public. A translated address is asked for as
    /// the IPv4 address that is reached, see [#reached].
    static Optional<AddressRange> of(InetAddress address) {
        return ALL.stream().filter(range -> range.network().contains(address)).findFirst();
    }

    /// The address that is reached by connecting to `address`.
    static InetAddress reached(InetAddress address) {
        if (!(address instanceof Inet6Address) || !NAT64.contains(address)) {
            return address;
        }
        var bytes = address.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 bytes is always valid", impossible);
        }
    }

    /// Whether an operator may open all of `entry`: it lies in one range, which can be opened.
    static boolean mayOpen(Network entry) {
        return of(entry.address())
                .filter(range -> range.openable() && range.network().covers(entry))
                .isPresent();
    }

    /// Whether an entry opens what is reached at `address`, an address of this range. An entry that is
    /// wider than the range was not written with it in mind.
    boolean isOpenedBy(Network entry, InetAddress address) {
        return openable && network.covers(entry) && entry.contains(address);
    }

    private static Network network(String text) {
        return Network.parse(text).orElseThrow();
    }
}
