package dev.portcullis.proxy.http;

import dev.portcullis.proxy.http.HeaderFields.Field;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a browser has to be told so that the pages of the listed origins, and no others, may use the
/// gateway.
///
/// @param allowed origins in lower case, such as `https://app.example.com`
/// @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
public record CrossOrigin(Set<String> allowed) {
    /// For what anybody may read.
    public static final Field READABLE_BY_ALL = new Field("Access-Control-Allow-Origin", "*");

    private static final String METHODS = "POST, GET, DELETE";
    private static final String EXPOSED =
            "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, Retry-After, portcullis-exchange";
    private static final String KEPT_SECONDS = "600";

    public CrossOrigin {
        allowed = Set.copyOf(allowed);
    }

    /// What goes with every response to this request.
    public List<Field> exposing(HeaderFields request) {
        return allowedOrigin(request)
                .map(origin -> List.of(
                        new Field("Access-Control-Allow-Origin", origin),
                        new Field("Access-Control-Expose-Headers", EXPOSED),
                        new Field("Vary", "Origin")))
                .orElse(List.of());
    }

    /// What a browser is answered that asks before it sends; empty when this is no such question.
    public static Optional<List<Field>> preflight(HeaderFields request) {
        if (!request.has("origin") || !request.has("access-control-request-method")) {
            return Optional.empty();
        }
        var fields = new java.util.ArrayList<Field>();
        fields.add(new Field("Access-Control-Allow-Methods", METHODS));
        // Names cannot be listed beforehand: tools have Mcp-Param headers of their own. A wildcard would not
        // cover Authorization.
        request.first("access-control-request-headers")
                .filter(CrossOrigin::areNames)
                .ifPresent(names -> fields.add(new Field("Access-Control-Allow-Headers", names)));
        if (request.first("access-control-request-private-network")
                .filter("true"::equals)
                .isPresent()) {
            fields.add(new Field("Access-Control-Allow-Private-Network", "true"));
        }
        fields.add(new Field("Access-Control-Max-Age", KEPT_SECONDS));
        return Optional.of(fields);
    }

    private Optional<String> allowedOrigin(HeaderFields request) {
        var origins = request.all("origin");
        return origins.size() == 1
                ? Optional.of(origins.getFirst()).filter(origin -> allowed.contains(origin.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    private static boolean areNames(String names) {
        return names.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+(?:[ \\t]*,[ \\t]*[A-Za-z0-9!#$%&'*+.^_`|~-]+)*");
    }
}
