package dev.portcullis.policy.document;

import dev.portcullis.policy.document.Route.Authentication;
import dev.portcullis.policy.document.Route.Upstream;
import dev.portcullis.policy.profile.Profile;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads one route.
final class RouteReader {
    private static final String UPSTREAM = "\"sandbox\", or an http or https URL without user information and fragment";
    private static final List<String> KEYS =
            List.of("upstream", "profile", "authentication", "trustAnnotations", "hosts", "credential");
    private static final String HOST = "a host name without port, such as mcp.port.io";

    private RouteReader() {}

    static Optional<Route> route(String name, Place place) {
        return place.fields("a route", KEYS).flatMap(fields -> {
            var trust = fields.optional("trustAnnotations")
                    .flatMap(at -> at.flag("true or false"))
                    .orElse(false);
            var upstream = fields.required("upstream", UPSTREAM).flatMap(RouteReader::upstream);
            var profile =
                    fields.optional("profile").flatMap(RouteReader::profile).orElse("generic");
            var stated = fields.optional("authentication");
            var authentication = stated.flatMap(at -> at.oneOf(Authentication.BY_WIRE_NAME));
            var hosts = fields.optional("hosts")
                    .map(at -> at.items("a list of host names", RouteReader::host))
                    .orElse(List.of());
            var credential = fields.optional("credential")
                    .flatMap(at -> credential(at, stated.isEmpty() ? Optional.empty() : authentication));
            return upstream.map(to -> new Route(
                    name, to, profile, authentication.orElseGet(() -> Route.usual(to)), hosts, credential, trust));
        });
    }

    /// In the one form in which hosts are compared. An address is no name that clients were given.
    private static Optional<String> host(Place place) {
        return place.string(HOST).flatMap(text -> {
            var host = DomainName.of(text).filter(name -> !name.address()).map(DomainName::name);
            if (host.isEmpty()) {
                place.problem(text, HOST, Optional.empty());
            }
            return host;
        });
    }

    private static Optional<String> credential(Place place, Optional<Authentication> authentication) {
        if (authentication.filter(Authentication.GATEWAY::equals).isEmpty()) {
            place.problem(
                    Shown.of(place.node()),
                    "a route with authentication: gateway; on others the gateway shows no credential of its own",
                    Optional.empty());
            return Optional.empty();
        }
        return place.text(Names.CREDENTIAL);
    }

    private static Optional<Upstream> upstream(Place place) {
        return place.string(UPSTREAM).flatMap(text -> {
            var upstream = text.equals("sandbox") ? Optional.<Upstream>of(new Upstream.Sandbox()) : remote(text);
            if (upstream.isEmpty()) {
                place.problem(text, UPSTREAM, Suggestion.of(text, List.of("sandbox")));
            }
            return upstream;
        });
    }

    private static Optional<Upstream> remote(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var good = (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535;
            return good ? Optional.of(new Upstream.Remote(uri)) : Optional.empty();
        } catch (URISyntaxException notAUri) {
            return Optional.empty();
        }
    }

    private static Optional<String> profile(Place place) {
        return place.oneOf(Profile.names().stream().collect(Collectors.toMap(name -> name, name -> name)));
    }
}
