package dev.portcullis.secrets;

import dev.portcullis.configuration.Secret;
import dev.portcullis.secrets.UpstreamCredential.ClientCredentials;
import dev.portcullis.secrets.UpstreamCredential.PortToken;
import dev.portcullis.secrets.UpstreamCredential.StaticHeader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The form of an [UpstreamCredential] without its secret, in the database and the REST API: a kind and
/// settings.
///
/// @param kind one of [#KINDS]
public record CredentialSettings(String kind, ObjectNode settings) {
    private static final String HEADER = "header";
    private static final String PORT = "port";
    private static final String CLIENT_CREDENTIALS = "client_credentials";

    /// `header` with `header`; `port` with `endpoint` and `clientId`; `client_credentials` with these
    /// and optionally `scope` and `resource`; all with `upstreams`.
    public static final List<String> KINDS = List.of(HEADER, PORT, CLIENT_CREDENTIALS);

    private static final String UPSTREAMS = "upstreams";
    private static final int MOST_UPSTREAMS = 20;
    private static final int LONGEST = 4_096;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-~](?:[\\t -~]*[!-~])?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> RESERVED = Set.of(
            "accept",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "dpop",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "last-event-id",
            "origin",
            "referer",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");
    private static final List<String> RESERVED_PREFIXES =
            List.of("mcp-", "portcullis-", "proxy-", "sec-", "x-forwarded-", "x-read-only-mode", "x-allowed-actions");

    /// What is shown of a credential.
    public static CredentialSettings of(UpstreamCredential credential) {
        var settings = JsonNodeFactory.instance.objectNode();
        credential.upstreams().forEach(settings.putArray(UPSTREAMS)::add);
        return switch (credential) {
            case StaticHeader fixed -> new CredentialSettings(HEADER, settings.put("header", fixed.header()));
            case PortToken port ->
                new CredentialSettings(
                        PORT,
                        settings.put("endpoint", port.endpoint().toString()).put("clientId", port.clientId()));
            case ClientCredentials client -> {
                settings.put("endpoint", client.endpoint().toString()).put("clientId", client.clientId());
                client.scope().ifPresent(scope -> settings.put("scope", scope));
                client.resource().ifPresent(resource -> settings.put("resource", resource));
                yield new CredentialSettings(CLIENT_CREDENTIALS, settings);
            }
        };
    }

    /// The whole credential.
    ///
    /// @throws IllegalArgumentException naming what is wrong and what is expected, never the secret
    public UpstreamCredential with(Secret secret) {
        return switch (kind) {
            case HEADER -> {
                only(List.of(UPSTREAMS, "header"));
                yield new StaticHeader(upstreams(), header(text("header")), headerValue(secret));
            }
            case PORT -> {
                only(List.of(UPSTREAMS, "endpoint", "clientId"));
                yield new PortToken(upstreams(), endpoint(text("endpoint")), text("clientId"), filled(secret));
            }
            case CLIENT_CREDENTIALS -> {
                only(List.of(UPSTREAMS, "endpoint", "clientId", "scope", "resource"));
                yield new ClientCredentials(
                        upstreams(),
                        endpoint(text("endpoint")),
                        text("clientId"),
                        filled(secret),
                        optional("scope"),
                        optional("resource"));
            }
            default -> throw wrong("kind: " + kind, "one of " + String.join(", ", KINDS));
        };
    }

    /// One spelling of the kind and all settings, whatever order they are stored in.
    String canonical() {
        var sorted = new TreeMap<String, JsonNode>();
        settings.propertyStream().forEach(setting -> sorted.put(setting.getKey(), setting.getValue()));
        return kind + ":" + sorted;
    }

    /// The origin of a URL in the one form in which origins are compared; empty when it has none.
    public static Optional<String> origin(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            return Optional.empty();
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        var isUsual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? HTTPS : HTTP);
        return Optional.of(
                scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (isUsual ? "" : ":" + uri.getPort()));
    }

    private List<String> upstreams() {
        var listed = settings.path(UPSTREAMS);
        if (!listed.isArray() || listed.isEmpty() || listed.size() > MOST_UPSTREAMS) {
            throw wrong(
                    UPSTREAMS + ":",
                    "1 to " + MOST_UPSTREAMS
                            + " origins of upstreams that may be shown it, such as https://mcp.port.io");
        }
        return listed.valueStream().map(CredentialSettings::upstream).distinct().toList();
    }

    private static String upstream(JsonNode listed) {
        try {
            var uri = new URI(listed.asString(""));
            var path = String.valueOf(uri.getRawPath());
            if (Set.of("https", "http").contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && (path.isEmpty() || path.equals("/"))) {
                return origin(uri).orElseThrow(() -> notAnOrigin());
            }
            throw notAnOrigin();
        } catch (URISyntaxException e) {
            throw notAnOrigin();
        }
    }

    private static IllegalArgumentException notAnOrigin() {
        return wrong(UPSTREAMS + ":", "scheme, host and port of an upstream, without a path");
    }

    private void only(Collection<String> known) {
        settings.propertyNames().stream()
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong(key + ":", "of a credential of kind " + kind + " only " + String.join(", ", known));
                });
    }

    private String text(String key) {
        return optional(key).orElseThrow(() -> wrong(key + ":", "a text"));
    }

    private Optional<String> optional(String key) {
        var value = settings.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!isText(value)) {
            throw wrong(key + ":", "a text of 1 to " + LONGEST + " printable characters");
        }
        return Optional.of(value.stringValue());
    }

    private static boolean isText(JsonNode value) {
        return value.isString()
                && !value.stringValue().isBlank()
                && value.stringValue().length() <= LONGEST
                && value.stringValue().chars().noneMatch(Character::isISOControl);
    }

    private static String header(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (!HEADER_NAME.matcher(name).matches()) {
            throw wrong("header:", "the name of a header, without its value");
        }
        if (RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
            throw wrong("header: " + name, "the name of a header that the gateway does not set itself");
        }
        return name;
    }

    private static Secret headerValue(Secret secret) {
        if (secret.reveal().length() > LONGEST
                || !HEADER_VALUE.matcher(secret.reveal()).matches()) {
            throw new IllegalArgumentException("secret: (expected: the value of a header, in printable ASCII)");
        }
        return secret;
    }

    private static Secret filled(Secret secret) {
        if (secret.reveal().isBlank() || secret.reveal().length() > LONGEST) {
            throw new IllegalArgumentException("secret: (expected: 1 to " + LONGEST + " characters)");
        }
        return secret;
    }

    private static URI endpoint(String text) {
        try {
            var uri = new URI(text);
            var isSafe = "https".equalsIgnoreCase(uri.getScheme())
                    || ("http".equalsIgnoreCase(uri.getScheme())
                            && uri.getHost() != null
                            && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT)));
            if (isSafe && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw wrong("endpoint:", "an https URL");
        }
        throw wrong("endpoint:", "an https URL without user information and fragment (http on loopback only)");
    }

    /// @param what the key, with its value only where that cannot be a secret in the wrong place
    private static IllegalArgumentException wrong(String what, String expected) {
        return new IllegalArgumentException(what + " (expected: " + expected + ")");
    }
}
