package dev.portcullis.proxy.config;

import dev.portcullis.configuration.DatabaseSettings;
import dev.portcullis.configuration.PolicySettings;
import dev.portcullis.configuration.Secret;
import dev.portcullis.configuration.Settings;
import dev.portcullis.proxy.http.Authority;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All settings of one proxy replica. It refuses to exist when wrong.
///
/// @param replica this replica's name; no other replica on the same database has it
/// @param listen where clients connect; port 0 for any free one
/// @param publishedOnLoopback whether whoever publishes the port does so on loopback only, as with a
///     container's port mapped to `127.0.0.1`
/// @param publicHosts host names, without port, that clients may call this gateway by, besides
///     loopback's own
/// @param publicUrl the origin under which clients know this gateway, without a path; what tokens are
///     issued for begins with it. Its host is one of the public ones
/// @param allowedOrigins web origins whose scripts may call this gateway
/// @param management health, metrics, and the kill switch of this replica
/// @param tls how clients' connections are encrypted; absent for plain HTTP
/// @param identity who vouches for callers
/// @param secretsKey what secrets in the database are encrypted with, as [dev.portcullis.secrets.MasterKey]
///     reads it; without it there are no API keys and no credentials for upstreams
/// @param addresses how it learns where clients are
/// @param engine who evaluates the policy
/// @param policy what an organization's own rules may cost
/// @param callLimits how the limits of the policy are counted
/// @param chain how the audit trail is made tamper-evident
public record ProxyConfig(
        String replica,
        InetSocketAddress listen,
        boolean publishedOnLoopback,
        Set<String> publicHosts,
        Optional<String> publicUrl,
        Set<String> allowedOrigins,
        Limits limits,
        ManagementSettings management,
        DatabaseSettings database,
        Upstreams upstreams,
        AuditSettings audit,
        Optional<TlsSettings> tls,
        IdentitySettings identity,
        Optional<Secret> secretsKey,
        AddressSettings addresses,
        EngineSettings engine,
        PolicySettings policy,
        CallLimitSettings callLimits,
        ChainSettings chain) {
    private static final Pattern REPLICA = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\\[?[0-9a-f:.]+]?");
    private static final Pattern ORIGIN = Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

    public ProxyConfig {
        if (!REPLICA.matcher(replica).matches()) {
            throw Range.wrong("replica", replica, "letters, digits, '.', '_' and '-', at most 128");
        }
        if (listen.isUnresolved()) {
            throw Range.wrong("listen", listen, "an address of this machine");
        }
        publicUrl = publicUrl.map(ProxyConfig::origin);
        publicHosts = checked("publicHosts", withHostOf(publicUrl, publicHosts), HOST, "host names without port");
        allowedOrigins = checked("allowedOrigins", allowedOrigins, ORIGIN, "origins such as https://app.example.com");
    }

    /// Reads the sections `proxy`, `management` and `database` and the key `replica`; for
    /// [dev.portcullis.configuration.ConfigurationFile#read].
    public static ProxyConfig read(Settings file) {
        return ProxySettings.read(file);
    }

    /// Whether routes with `authentication: open` may be served: only where nobody but this machine can
    /// connect.
    public boolean mayServeOpenRoutes() {
        return listen.getAddress().isLoopbackAddress() || publishedOnLoopback;
    }

    private static String origin(String url) {
        var lower = url.toLowerCase(Locale.ROOT);
        var authority = Authority.of(lower.replaceFirst("https?://", ""));
        if (!ORIGIN.matcher(lower).matches() || authority.isEmpty()) {
            throw Range.wrong("publicUrl", url, "scheme, host and port such as https://mcp.example.com, no path");
        }
        return authority.get().origin(lower.substring(0, lower.indexOf(':')));
    }

    private static Set<String> withHostOf(Optional<String> publicUrl, Set<String> hosts) {
        return Stream.concat(
                        hosts.stream(),
                        publicUrl
                                .flatMap(url -> Authority.of(url.replaceFirst("https?://", "")))
                                .map(Authority::host)
                                .stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> checked(String name, Set<String> values, Pattern pattern, String expected) {
        return values.stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .peek(value -> {
                    if (!pattern.matcher(value).matches()) {
                        throw Range.wrong(name, value, expected);
                    }
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
