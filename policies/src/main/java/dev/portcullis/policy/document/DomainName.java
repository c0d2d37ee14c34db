package dev.portcullis.policy.document;

import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A host in the one form in which hosts are compared: a name in lower case as A-labels without the dot
/// of the root, or an IP address in the form of [InetAddress#getHostAddress].
///
/// @param address whether it is an IP address, which has no subdomains
public record DomainName(String name, boolean address) {
    private static final int LONGEST = 253;
    /// What international names take for dots.
    private static final String DOTS = ".\u3002\uff0e\uff61";
    private static final Pattern FOUR_NUMBERS =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    /// Some programs read such a host as a number, which they then read in their own way.
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)");
    /// Letters that the two standards for international names turn into different domains.
    private static final Pattern TWO_READINGS = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

    /// Ways to an IPv4 address by an IPv6 address: some machines connect to the one, some to the other. The
    /// first of them has the loopback address inside.
    private static final List<Network> OTHER_ADDRESSES = Stream.of(
                    "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
            .map(text -> Network.parse(text).orElseThrow())
            .toList();

    /// Reads a host as it stands in a URL, an IPv6 address with or without its brackets. Empty when it
    /// is none, or one that programs read in different ways.
    public static Optional<DomainName> of(String host) {
        if (host.startsWith("[") && host.endsWith("]")) {
            return version6(host.substring(1, host.length() - 1));
        }
        if (host.indexOf(':') >= 0) {
            return version6(host);
        }
        var rooted = host.isEmpty() || DOTS.indexOf(host.charAt(host.length() - 1)) < 0
                ? host
                : host.substring(0, host.length() - 1);
        return FOUR_NUMBERS.matcher(rooted).matches() ? Optional.of(new DomainName(rooted, true)) : labels(rooted);
    }

    /// The domains this one is a subdomain of, the nearest first.
    public List<String> parents() {
        return address
                ? List.of()
                : Stream.iterate(parent(name), rest -> !rest.isEmpty(), DomainName::parent)
                        .toList();
    }

    private static String parent(String name) {
        var dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    private static Optional<DomainName> version6(String text) {
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.ofLiteral(text);
            return leadsElsewhere(address)
                    ? Optional.empty()
                    : Optional.of(new DomainName(address.getHostAddress(), true));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /// Whether programs that take small letters first come to the same name.
    private static boolean hasOneCase(String host, String ascii) {
        return host.chars().allMatch(c -> c < 0x80)
                || ascii.equalsIgnoreCase(IDN.toASCII(host.toLowerCase(Locale.ROOT), IDN.USE_STD3_ASCII_RULES));
    }

    private static boolean leadsElsewhere(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && OTHER_ADDRESSES.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<DomainName> labels(String host) {
        if (host.isEmpty()
                || host.length() > LONGEST
                || TWO_READINGS.matcher(host).find()) {
            return Optional.empty();
        }
        try {
            var ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            var good = ascii.length() <= LONGEST
                    && !ascii.endsWith(".")
                    && !ENDS_IN_A_NUMBER.matcher(ascii).matches()
                    && hasOneCase(host, ascii);
            return good ? Optional.of(new DomainName(ascii, false)) : Optional.empty();
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }
}
