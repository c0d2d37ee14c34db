package dev.portcullis.proxy.address;

import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.Peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/// Finds out where a request comes from, and how its client called the gateway.
///
/// Only the configured proxies are believed, each about who was before it: the header is read from the
/// right, and the first address that is not one of theirs is the client's. Whatever anybody else wrote
/// is not looked at, and counted. Safe for all threads.
public final class ClientAddresses {
    private static final List<String> FORWARDING =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip");
    private static final Pattern FOUR_NUMBERS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final Pattern WITH_PORT = Pattern.compile("(" + FOUR_NUMBERS + ")(?::[0-9]{1,5})?");
    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?");

    private final AddressSettings settings;
    private final LongAdder ignored = new LongAdder();

    public ClientAddresses(AddressSettings settings) {
        this.settings = settings;
    }

    /// How many requests carried forwarding headers of somebody who is not trusted.
    public long ignored() {
        return ignored.sum();
    }

    /// Whether this is the address of a trusted proxy.
    public boolean isTrusted(InetAddress address) {
        return settings.trustedProxies().stream().anyMatch(network -> network.contains(address));
    }

    /// The client behind the connection; empty when a trusted proxy says what cannot be read, since then
    /// the client's address is not known.
    ///
    /// @param direct who is at the other end of the connection
    public Optional<Peer> client(Peer direct, HeaderFields headers) {
        var connected =
                new Peer(normalized(direct.address()), direct.scheme(), direct.authority(), direct.certificate());
        if (!isTrusted(connected.address())) {
            if (FORWARDING.stream().anyMatch(headers::has)) {
                ignored.increment();
            }
            return Optional.of(connected);
        }
        return hops(headers).flatMap(hops -> behind(connected, hops));
    }

    /// An address in the one form in which addresses are compared: IPv4 as IPv4, and without a zone.
    public static InetAddress normalized(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 bytes", e);
        }
    }

    private Optional<Peer> behind(Peer connected, List<Hop> hops) {
        // What a proxy proved of itself is not the client's, said it so or not.
        var client = new Peer(connected.address(), connected.scheme(), connected.authority(), Optional.empty());
        for (var hop : hops.reversed()) {
            if (!isTrusted(client.address())) {
                break;
            }
            var address = address(hop.from());
            var scheme = hop.scheme().map(text -> text.toLowerCase(Locale.ROOT));
            if (address.isEmpty()
                    || scheme.filter(text -> !text.equals("http") && !text.equals("https"))
                            .isPresent()) {
                return Optional.empty();
            }
            var before = client;
            client = new Peer(
                    address.get(),
                    scheme.orElse(before.scheme()),
                    hop.authority().or(before::authority),
                    Optional.empty());
        }
        return Optional.of(client);
    }

    private Optional<List<Hop>> hops(HeaderFields headers) {
        return switch (settings.header()) {
            case FORWARDED ->
                headers.has("forwarded")
                        ? ForwardedField.read(String.join(",", headers.all("forwarded")))
                        : Optional.of(List.of());
            case X_FORWARDED_FOR -> {
                var scheme = last(headers, "x-forwarded-proto");
                var authority = last(headers, "x-forwarded-host");
                yield Optional.of(entries(headers, "x-forwarded-for").stream()
                        .map(from -> new Hop(from, scheme, authority))
                        .toList());
            }
        };
    }

    /// The nearest proxy's word.
    private static Optional<String> last(HeaderFields headers, String name) {
        var entries = entries(headers, name);
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    private static List<String> entries(HeaderFields headers, String name) {
        return headers.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static Optional<InetAddress> address(String text) {
        var version4 = WITH_PORT.matcher(text);
        var brackets = IN_BRACKETS.matcher(text);
        var bare = version4.matches() ? version4.group(1) : brackets.matches() ? brackets.group(1) : text;
        // A literal in the strict form that policies use, never a name.
        return Network.parse(bare + (bare.indexOf(':') < 0 ? "/32" : "/128"))
                .map(Network::address)
                .or(() -> mapped(bare));
    }

    /// An IPv4 address in the clothes of IPv6.
    private static Optional<InetAddress> mapped(String text) {
        var prefix = "::ffff:";
        return text.toLowerCase(Locale.ROOT).startsWith(prefix)
                ? Network.parse(text.substring(prefix.length()) + "/32").map(Network::address)
                : Optional.empty();
    }
}
