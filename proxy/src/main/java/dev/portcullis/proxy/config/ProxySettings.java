package dev.portcullis.proxy.config;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.SecretsSettings;
import dev.portcullis.configuration.Settings;
import dev.portcullis.policy.document.DomainName;
import dev.portcullis.policy.document.Network;
import dev.portcullis.proxy.config.AddressSettings.ForwardingHeader;
import dev.portcullis.proxy.config.ManagementSettings.LocalKillSettings;
import dev.portcullis.proxy.config.TlsSettings.ClientCertificates;
import dev.portcullis.proxy.config.TlsSettings.HostCertificate;
import dev.portcullis.proxy.http.Authority;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a [ProxyConfig] from the sections `proxy`, `management` and `database` and the key `replica`.
final class ProxySettings {
    private static final int PROXY_PORT = 8080;
    private static final int MANAGEMENT_PORT = 9090;
    private static final int DNS_PORT = 53;

    private ProxySettings() {}

    static ProxyConfig read(Settings file) {
        var proxy = file.section("proxy");
        return new ProxyConfig(
                file.string("replica", hostName()),
                proxy.address("listen", loopback(PROXY_PORT)),
                proxy.flag("publishedOnLoopback", false),
                Set.copyOf(proxy.list("publicHosts")),
                proxy.optionalString("publicUrl"),
                Set.copyOf(proxy.list("allowedOrigins")),
                limits(proxy.section("limits")),
                management(file.section("management")),
                DatabaseSettings.from(file),
                upstreams(proxy.section("upstreams")),
                AuditReader.read(proxy.section("audit")),
                tls(proxy.section("tls")),
                IdentityReader.read(proxy.section("identity")),
                SecretsSettings.from(file),
                addresses(proxy),
                EngineReader.read(proxy.section("policy")),
                PolicySettings.from(file),
                callLimits(proxy.section("callLimits")),
                ChainReader.read(proxy.section("audit").section("chain")));
    }

    private static ManagementSettings management(Settings section) {
        return new ManagementSettings(
                section.address("listen", loopback(MANAGEMENT_PORT)), localKills(section.section("kills")));
    }

    private static Optional<LocalKillSettings> localKills(Settings section) {
        var token = section.optionalSecret("token");
        var file = section.file("file");
        var remote = section.flag("remote", false);
        if (token.isEmpty() && (file.isPresent() || remote)) {
            section.reject("token", "a secret such as file:/run/secrets/kill-token, since other keys are set");
            return Optional.empty();
        }
        if (token.isPresent() && file.isEmpty()) {
            section.reject("file", "where kills of this replica are kept, since there is a token");
            return Optional.empty();
        }
        if (token.filter(LocalKillSettings::isTooShort).isPresent()) {
            section.rejectUnseen("token", LocalKillSettings.SHORTEST_TOKEN + " characters or more");
            return Optional.empty();
        }
        return token.map(secret -> new LocalKillSettings(secret, file.orElseThrow(), remote));
    }

    private static CallLimitSettings callLimits(Settings section) {
        var defaults = CallLimitSettings.defaults();
        var store = switch (section.string("store", "postgresql")) {
            case "postgresql" -> CallLimitSettings.Store.POSTGRESQL;
            case "local" -> CallLimitSettings.Store.LOCAL;
            default -> {
                section.reject("store", "postgresql or local");
                yield defaults.store();
            }
        };
        return new CallLimitSettings(
                store,
                duration(section, "deadline", defaults.deadline(), CallLimitSettings.DEADLINE),
                number(section, "waiting", defaults.waiting(), CallLimitSettings.WAITING),
                number(section, "buckets", defaults.buckets(), CallLimitSettings.BUCKETS));
    }

    private static AddressSettings addresses(Settings section) {
        var networks =
                section.list("trustedProxies").stream().map(Network::parse).toList();
        if (networks.stream().anyMatch(Optional::isEmpty)) {
            section.reject("trustedProxies", "networks in CIDR notation, such as 10.0.0.0/8");
        }
        var trusted = networks.stream().flatMap(Optional::stream).toList();
        var header = switch (section.string("forwardingHeader", "x-forwarded-for")) {
            case "x-forwarded-for" -> ForwardingHeader.X_FORWARDED_FOR;
            case "forwarded" -> ForwardingHeader.FORWARDED;
            default -> {
                section.reject("forwardingHeader", "x-forwarded-for or forwarded");
                yield ForwardingHeader.X_FORWARDED_FOR;
            }
        };
        var line = section.string("proxyProtocol", "off");
        if (!Set.of("off", "required").contains(line) || (line.equals("required") && trusted.isEmpty())) {
            section.reject("proxyProtocol", "off, or required together with trustedProxies");
            line = "off";
        }
        return new AddressSettings(trusted, header, line.equals("required"));
    }

    private static Limits limits(Settings section) {
        var defaults = Limits.defaults();
        return new Limits(
                bytes(section, "body", defaults.bodyBytes(), Limits.BODY_BYTES),
                bytes(section, "headers", defaults.headerBytes(), Limits.HEADER_BYTES),
                number(section, "jsonDepth", defaults.jsonDepth(), Limits.JSON_DEPTH),
                bytes(section, "list", defaults.listBytes(), Limits.BODY_BYTES),
                bytes(section, "event", defaults.eventBytes(), Limits.BODY_BYTES),
                duration(section, "idle", defaults.idle(), Limits.IDLE),
                duration(section, "responseHead", defaults.responseHead(), Limits.RESPONSE_HEAD),
                number(section, "exchanges", defaults.exchanges(), Limits.EXCHANGES),
                duration(section, "requestHead", defaults.requestHead(), Limits.REQUEST_HEAD),
                streams(section, defaults.streams()));
    }

    private static StreamLimits streams(Settings section, StreamLimits defaults) {
        return new StreamLimits(
                number(section, "streamsPerCaller", defaults.perCaller(), StreamLimits.PER_CALLER),
                number(section, "streamsPerConnection", defaults.perConnection(), StreamLimits.PER_CONNECTION),
                duration(section, "streamIdle", defaults.idle(), StreamLimits.IDLE),
                duration(section, "total", defaults.total(), StreamLimits.TOTAL));
    }

    private static Optional<TlsSettings> tls(Settings section) {
        var certificate = readable(section, "certificate");
        var key = readable(section, "key");
        var wanted = clientCertificates(section);
        var authorities = readable(section, "clientAuthorities");
        if (certificate.isEmpty()
                && (key.isPresent() || authorities.isPresent() || wanted != ClientCertificates.NONE)) {
            section.reject("certificate", "a PEM file, since other keys of this section are set");
        } else if (certificate.isPresent() && key.isEmpty()) {
            section.reject("key", "the PEM file of the certificate's private key");
        } else if (certificate.isPresent() && (wanted == ClientCertificates.NONE) == authorities.isPresent()) {
            section.reject("clientAuthorities", "a PEM file exactly when clientCertificates is optional or required");
        } else if (certificate.isPresent() && key.isPresent()) {
            return Optional.of(new TlsSettings(
                    certificate.get(), key.get(), wanted, authorities, hostCertificates(section.section("hosts"))));
        }
        return Optional.empty();
    }

    private static Map<String, HostCertificate> hostCertificates(Settings section) {
        var hosts = new HashMap<String, HostCertificate>();
        for (var name : section.names()) {
            var host = section.section(name);
            var certificate = readable(host, "certificate");
            var key = readable(host, "key");
            var domain = DomainName.of(name).filter(read -> !read.address());
            if (certificate.isEmpty() || key.isEmpty() || domain.isEmpty()) {
                host.reject("certificate", "a PEM file, with its key beside it, under the name of a host");
            } else {
                hosts.put(domain.get().name(), new HostCertificate(certificate.get(), key.get()));
            }
        }
        return hosts;
    }

    private static ClientCertificates clientCertificates(Settings section) {
        return switch (section.string("clientCertificates", "none")) {
            case "none" -> ClientCertificates.NONE;
            case "optional" -> ClientCertificates.OPTIONAL;
            case "required" -> ClientCertificates.REQUIRED;
            default -> {
                section.reject("clientCertificates", "none, optional or required");
                yield ClientCertificates.NONE;
            }
        };
    }

    /// Notes a file that cannot be read.
    static Optional<Path> readable(Settings section, String key) {
        var file = section.file(key);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            section.reject(key, "a file that can be read");
        }
        return file;
    }

    private static Upstreams upstreams(Settings section) {
        var defaults = Upstreams.defaults();
        return new Upstreams(
                section.optionalString("sandbox"),
                Set.copyOf(section.list("allowedLoopback")),
                duration(section, "connectTimeout", defaults.connectTimeout(), Upstreams.CONNECT_TIMEOUT),
                number(section, "connectionsPerHost", defaults.connectionsPerHost(), Upstreams.CONNECTIONS_PER_HOST),
                readable(section, "authorities"),
                nameServers(section),
                allowedNetworks(section));
    }

    private static Set<Network> allowedNetworks(Settings section) {
        var networks =
                section.list("allowedNetworks").stream().map(Network::parse).toList();
        if (networks.stream()
                .anyMatch(network -> !network.map(AddressRange::mayOpen).orElse(false))) {
            section.reject("allowedNetworks", Upstreams.ALLOWED_NETWORK);
            return Set.of();
        }
        return networks.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    private static List<InetSocketAddress> nameServers(Settings section) {
        var servers = section.list("nameServers").stream()
                .map(ProxySettings::nameServer)
                .toList();
        if (servers.stream().anyMatch(Optional::isEmpty)) {
            section.reject("nameServers", "addresses of name servers, such as 9.9.9.9 or [2620:fe::fe]:53");
        }
        return servers.stream().flatMap(Optional::stream).toList();
    }

    /// An address, never a name: who should resolve it?
    private static Optional<InetSocketAddress> nameServer(String text) {
        return Authority.of(text).flatMap(authority -> {
            try {
                var address = InetAddress.ofLiteral(authority.host().replaceAll("[\\[\\]]", ""));
                return Optional.of(
                        new InetSocketAddress(address, authority.port().orElse(DNS_PORT)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    static int number(Settings section, String key, int otherwise, Range<Integer> range) {
        return section.integer(key, otherwise, range.least(), range.most());
    }

    static Duration duration(Settings section, String key, Duration otherwise, Range<Duration> range) {
        return within(section, key, section.duration(key, otherwise), range);
    }

    static int bytes(Settings section, String key, int otherwise, Range<Integer> range) {
        var wide = new Range<>((long) range.least(), (long) range.most());
        return Math.toIntExact(within(section, key, section.size(key, otherwise), wide));
    }

    /// Notes a value that is outside, and goes on with the nearest that is not, so that all mistakes
    /// are found at once.
    static <T extends Comparable<T>> T within(Settings section, String key, T value, Range<T> range) {
        if (range.contains(value)) {
            return value;
        }
        section.reject(key, range.toString());
        return value.compareTo(range.least()) < 0 ? range.least() : range.most();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "replica";
        }
    }
}
