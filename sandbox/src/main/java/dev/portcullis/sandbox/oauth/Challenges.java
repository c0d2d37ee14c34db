package dev.portcullis.sandbox.oauth;

import java.util.List;
import java.util.Map;

/// What a request without a good token hears: a 401 that says where to sign in.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5">RFC 9728, section 5</a>
record Challenges(Faults faults) {

    /// All that there is to ask for.
    static final String SCOPE = "mcp";

    private static final String FIELD = "WWW-Authenticate";
    private static final int UNAUTHORIZED = 401;

    /// The answer to a request without a token.
    Answer signIn(Site site) {
        return refusal(bearer(site), "Sign in to use this server.");
    }

    /// The answer to a request with a token that is not good.
    Answer refuse(Site site, String reason) {
        return refusal(
                bearer(site) + ", error=\"invalid_token\", error_description=\"%s\"".formatted(reason), reason + ".");
    }

    private Answer refusal(String bearer, String message) {
        var answer = Answer.json(UNAUTHORIZED, Map.of("ok", false, "error", "unauthorized", "message", message));
        for (var field : fields(bearer)) {
            answer = answer.with(FIELD, field);
        }
        return answer;
    }

    private List<String> fields(String bearer) {
        if (faults.has(Fault.CHALLENGE_LESS_401)) {
            return List.of();
        }
        if (faults.has(Fault.MANY_CHALLENGES)) {
            return List.of(
                    "Negotiate",
                    "Basic realm=\"Port, the \\\"sandbox\\\" edition\", charset=\"UTF-8\", %s, NTLM TlRMTVNTUAAB=="
                            .formatted(bearer),
                    "DPoP algs=\"ES256 RS256\", error_description=\"a comma, a \\\\, and "
                            + "Bearer resource_metadata=\\\"http://elsewhere.example/\\\"\"");
        }
        return List.of(bearer);
    }

    private static String bearer(Site site) {
        return "Bearer resource_metadata=\"%s\", scope=\"%s\"".formatted(site.resourceMetadata(), SCOPE);
    }
}
