package dev.portcullis.sandbox.oauth;

import com.nimbusds.jose.util.JSONObjectUtils;

import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Port's own endpoint for programs, `/v1/auth/access_token`: JSON in both directions.
record PortTokenEndpoint(SandboxOAuth options, AccessTokens tokens) {

    Answer answer(String body, Site site, Tenant tenant) {
        try {
            var credentials = JSONObjectUtils.parse(body);
            return answer(text(credentials, "clientId"), text(credentials, "clientSecret"), site, tenant);
        } catch (ParseException malformed) {
            return refused(422, "unprocessable_entity", "The body must have clientId and clientSecret.");
        }
    }

    private Answer answer(String id, String secret, Site site, Tenant tenant) {
        var wait = tenant.limit().count(id);
        if (wait.isPresent()) {
            return refused(429, "too_many_requests", "Too many token requests.").withRetryAfter(wait.get());
        }
        if (!options.machine().matches(id, secret)) {
            return refused(401, "invalid_credentials", "Client id or secret is wrong.");
        }
        var audience = new Audiences(options).usual(site);
        var grant = tenant.grants().open(Grant.Kind.API, id, Challenges.SCOPE, audience);
        var token = tokens.issue(site, grant);
        var document = new LinkedHashMap<String, Object>();
        document.put("ok", true);
        document.put("accessToken", token.getValue());
        document.put("expiresIn", token.getLifetime());
        document.put("tokenType", "Bearer");
        return Answer.json(200, document).with("Cache-Control", "no-store");
    }

    private static String text(Map<String, Object> credentials, String key) throws ParseException {
        var value = JSONObjectUtils.getString(credentials, key);
        if (value == null) {
            throw new ParseException(key + ": missing", 0);
        }
        return value;
    }

    private static Answer refused(int status, String error, String message) {
        return Answer.json(status, Map.of("ok", false, "error", error, "message", message));
    }
}
