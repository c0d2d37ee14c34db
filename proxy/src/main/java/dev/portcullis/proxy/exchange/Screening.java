package dev.portcullis.proxy.exchange;

import dev.portcullis.proxy.config.ProxyConfig;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.MediaType;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What can be said about a request from its head alone, before anything is looked up.
final class Screening {
    private static final Pattern ENDPOINT = Pattern.compile("/mcp/([a-z0-9][a-z0-9-]{0,62})");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final int HIGHEST_PORT = 65_535;

    private final ProxyConfig config;

    Screening(ProxyConfig config) {
        this.config = config;
    }

    Step<Stage.Screened> screen(Stage.Received received) {
        var host = hostName(received.headers());
        if (host.isEmpty()) {
            return refused(received, new Refusal.BadHttp("A request needs exactly one valid Host header"));
        }
        if (!isOurs(host.get())) {
            return refused(received, new Refusal.ForeignHost());
        }
        if (!isAllowedOrigin(received.headers())) {
            return refused(received, new Refusal.ForeignOrigin());
        }
        var endpoint = ENDPOINT.matcher(received.target());
        if (!endpoint.matches()) {
            return refused(received, new Refusal.UnknownPath());
        }
        return switch (received.httpMethod()) {
            case "POST" -> withBody(received, endpoint.group(1));
            case "GET" -> withoutBody(received, Verb.GET, endpoint.group(1));
            case "DELETE" -> withoutBody(received, Verb.DELETE, endpoint.group(1));
            default -> refused(received, new Refusal.HttpMethodNotAllowed());
        };
    }

    private Step<Stage.Screened> withBody(Stage.Received received, String route) {
        var headers = received.headers();
        if (!isPlainlyFramed(headers)) {
            return refused(received, new Refusal.BadHttp("The only transfer coding is chunked, once"));
        }
        if (!headers.all("content-encoding").stream()
                .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"))) {
            return refused(received, new Refusal.UnsupportedMedia("A compressed body cannot be judged: send it plain"));
        }
        if (MediaType.of(headers).filter(MediaType.JSON::equals).isEmpty() || !MediaType.isUtf8(headers)) {
            return refused(received, new Refusal.UnsupportedMedia("Content-Type must be application/json, in UTF-8"));
        }
        return new Step.Passed<>(new Stage.Screened(received, Verb.POST, route));
    }

    /// Another coding below the chunks would make another body of it, for a server that undoes it.
    private static boolean isPlainlyFramed(HeaderFields headers) {
        var codings = headers.all("transfer-encoding");
        return codings.isEmpty() || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    private static Step<Stage.Screened> withoutBody(Stage.Received received, Verb verb, String route) {
        var headers = received.headers();
        var announced = headers.first("content-length").map(String::strip);
        if (headers.has("transfer-encoding")
                || announced.filter(length -> !length.equals("0")).isPresent()) {
            return refused(received, new Refusal.BadHttp("A " + verb + " request has no body"));
        }
        return new Step.Passed<>(new Stage.Screened(received, verb, route));
    }

    /// The name in the one Host header, in lower case and without port.
    private static Optional<String> hostName(HeaderFields headers) {
        var values = headers.all("host");
        if (values.size() != 1) {
            return Optional.empty();
        }
        try {
            var authority = new URI("http://" + values.getFirst()).parseServerAuthority();
            return authority.getUserInfo() == null
                            && authority.getPort() <= HIGHEST_PORT
                            && authority.getRawPath().isEmpty()
                            && authority.getRawQuery() == null
                            && authority.getRawFragment() == null
                    ? Optional.ofNullable(authority.getHost()).map(name -> name.toLowerCase(Locale.ROOT))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /// A listener on loopback answers to loopback's names and the configured ones: a page in the user's
    /// own browser may reach it under a name that was made to point here. A listener without configured
    /// names on a real address cannot know its names, and answers to all.
    private boolean isOurs(String host) {
        return LOOPBACK_NAMES.contains(host)
                || config.publicHosts().contains(host)
                || (config.publicHosts().isEmpty() && !config.mayServeOpenRoutes());
    }

    /// Programs send no Origin; a page's must be listed, or be of the very host and port it calls.
    private boolean isAllowedOrigin(HeaderFields headers) {
        var origins = headers.all("origin");
        if (origins.isEmpty()) {
            return true;
        }
        var origin = origins.getFirst().toLowerCase(Locale.ROOT);
        return origins.size() == 1
                && (config.allowedOrigins().contains(origin)
                        || headers.first("host")
                                .map(host -> host.toLowerCase(Locale.ROOT))
                                .filter(host -> origin.equals("http://" + host) || origin.equals("https://" + host))
                                .isPresent());
    }

    private static Step<Stage.Screened> refused(Stage.Received received, Refusal refusal) {
        return new Step.Refused<>(received, refusal);
    }
}
