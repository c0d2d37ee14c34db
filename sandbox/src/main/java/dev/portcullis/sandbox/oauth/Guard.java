package dev.portcullis.sandbox.oauth;

import jakarta.servlet.http.HttpServletRequest;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Stands before an MCP endpoint and lets in who shows a good token. Thread-safe.
record Guard(AccessTokens tokens, Faults faults) {

    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]+)");
    private static final int FORBIDDEN = 403;

    /// The answer to a request that is not let in.
    Optional<Answer> refuse(HttpServletRequest request, Site site, Tenant tenant) {
        if (faults.has(Fault.ADDRESS_REFUSED)) {
            return Optional.of(
                    Answer.json(FORBIDDEN, Map.of("ok", false, "error", "forbidden", "message", "IP not whitelisted")));
        }
        var challenges = new Challenges(faults);
        var token = token(request);
        if (token.isEmpty()) {
            return Optional.of(challenges.signIn(site));
        }
        return reason(token.get(), tenant).map(reason -> challenges.refuse(site, reason));
    }

    /// Why a token is not good, if so.
    private Optional<String> reason(String token, Tenant tenant) {
        if (faults.has(Fault.WRONG_REGION)) {
            return Optional.of("The signature of the token is not valid");
        }
        var grant = tokens.grantOf(token).flatMap(tenant.grants()::live);
        if (grant.isEmpty()) {
            return Optional.of("The token is expired, revoked or not known");
        }
        if (grant.get().kind() == Grant.Kind.API && faults.has(Fault.API_TOKEN_REFUSED)) {
            return Optional.of("The token is not for this server");
        }
        return isSpent(grant.get(), tenant) ? Optional.of("The token was revoked") : Optional.empty();
    }

    private boolean isSpent(Grant grant, Tenant tenant) {
        return grant.kind().isMachine()
                && tenant.grants().used(grant) > faults.number(Fault.REVOKE_AFTER, Integer.MAX_VALUE);
    }

    /// The token, if there is one and no other. In a query it does not count.
    private static Optional<String> token(HttpServletRequest request) {
        var shown = Collections.list(request.getHeaders("Authorization"));
        var bearer = BEARER.matcher(shown.size() == 1 ? shown.getFirst() : "");
        return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }
}
