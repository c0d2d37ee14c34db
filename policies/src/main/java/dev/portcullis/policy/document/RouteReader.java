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
    private static final List<String> LATER = List.of("hosts", "credential");

    private RouteReader() {}

    static Optional<Route> route(String name, Place place) {
        return place.fields("a route", KEYS, LATER).flatMap(fields -> {
            fields.optional("trustAnnotations").ifPresent(RouteReader::refuseTrust);
            var upstream = fields.required("upstream", UPSTREAM).flatMap(RouteReader::upstream);
            var profile =
                    fields.optional("profile").flatMap(RouteReader::profile).orElse("generic");
            var authentication = fields.optional("authentication").flatMap(RouteReader::authentication);
            return upstream.map(to -> new Route(name, to, profile, authentication.orElseGet(() -> Route.usual(to))));
        });
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

    private static Optional<Authentication> authentication(Place place) {
        if (Shown.of(place.node()).equals("gateway")) {
            place.notSupported("gateway");
            return Optional.empty();
        }
        return place.oneOf(Authentication.BY_WIRE_NAME);
    }

    private static void refuseTrust(Place place) {
        if (place.flag("false").orElse(false)) {
            place.notSupported("true");
        }
    }
}
