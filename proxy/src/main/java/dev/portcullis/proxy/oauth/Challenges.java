package dev.portcullis.proxy.oauth;

import dev.portcullis.policy.document.Route.Authentication;
import dev.portcullis.proxy.exchange.Stage;
import dev.portcullis.proxy.http.Challenge;
import dev.portcullis.proxy.http.HeaderFields;
import dev.portcullis.proxy.http.HeaderFields.Field;
import dev.portcullis.proxy.identity.Caller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How upstreams ask for credentials, in the words of the gateway: `resource_metadata` leads to the
/// gateway's metadata, since clients stop at a resource that is not the URL they were given. Everything
/// else a challenge says, such as `scope` and `error`, stays.
///
/// Only clients whose own tokens travel on are asked by the upstream at all. Safe for all threads.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110, WWW-Authenticate</a>
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5.1">RFC 9728, section 5.1</a>
public final class Challenges {
    private static final String FIELD = "WWW-Authenticate";
    private static final String RESOURCE_METADATA = "resource_metadata";
    private static final String BEARER = "Bearer";
    /// Its proofs name the URL that the client called, and are good for nothing at the upstream.
    private static final String DPOP = "DPoP";

    private static final int UNAUTHORIZED = 401;

    private final UpstreamMetadata upstreams;

    public Challenges(UpstreamMetadata upstreams) {
        this.upstreams = upstreams;
    }

    /// The headers of an upstream's response as the client may see them.
    public HeaderFields rewritten(Stage.Decided decided, int status, HeaderFields headers) {
        var routed = decided.identified().routed();
        if (status != UNAUTHORIZED && !headers.has(FIELD)) {
            return headers;
        }
        var kept = new ArrayList<>(headers.fields().stream()
                .filter(field -> !field.name().equalsIgnoreCase(FIELD))
                .toList());
        if (routed.route().authentication() == Authentication.PASSTHROUGH) {
            if (status == UNAUTHORIZED && showedToken(decided.identified().caller())) {
                upstreams.refusesToken(routed.upstream());
            }
            var challenges = Challenge.read(headers.all(FIELD)).orElse(List.of());
            challenges.stream()
                    .flatMap(challenge -> challenge.parameter(RESOURCE_METADATA).stream())
                    .findFirst()
                    .ifPresent(place -> upstreams.isNamed(routed.upstream(), place));
            written(challenges, routed.screened().endpoint().metadataUrl())
                    .forEach(challenge -> kept.add(new Field(FIELD, challenge)));
        }
        return new HeaderFields(kept);
    }

    private static boolean showedToken(Caller caller) {
        return caller instanceof Caller.PassedThrough passed
                && passed.fingerprint().isPresent();
    }

    /// The challenges, each for a field of its own; one that leads to the gateway's metadata is always
    /// among them. Of what cannot be read nothing is passed on.
    static List<String> written(List<Challenge> challenges, Optional<String> metadataUrl) {
        var usable = challenges.stream()
                .filter(challenge -> !challenge.is(DPOP))
                .map(challenge -> challenge.is(BEARER) ? pointing(challenge, metadataUrl) : challenge)
                .collect(Collectors.toCollection(ArrayList::new));
        if (challenges.stream().noneMatch(challenge -> challenge.is(BEARER))) {
            usable.add(pointing(new Challenge(BEARER, "", List.of()), metadataUrl));
        }
        return usable.stream().map(Challenge::written).toList();
    }

    private static Challenge pointing(Challenge challenge, Optional<String> metadataUrl) {
        return metadataUrl
                .map(url -> challenge.with(RESOURCE_METADATA, url))
                .orElseGet(() -> challenge.without(RESOURCE_METADATA));
    }
}
