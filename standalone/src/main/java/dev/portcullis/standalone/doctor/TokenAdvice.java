package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.Route.Authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with a sign-in, where the token itself can be asked as well.
final class TokenAdvice {
    private static final int UNAUTHORIZED = 401;

    private final Visit visit;

    private TokenAdvice(Visit visit) {
        this.visit = visit;
    }

    /// @param code the gateway's reason
    static List<Finding> about(Code code, Visit visit) {
        var advice = new TokenAdvice(visit);
        var findings = new ArrayList<Finding>();
        advice.says().ifPresent(findings::add);
        findings.add(advice.refused(code));
        if (visit.answer().status() == UNAUTHORIZED) {
            findings.addAll(advice.publicUrl());
        }
        return findings;
    }

    /// The upstream refused what the client showed.
    static List<Finding> refusedUpstream(Visit visit) {
        var advice = new TokenAdvice(visit);
        var findings = new ArrayList<Finding>();
        advice.says().ifPresent(findings::add);
        findings.add(advice.refusedByUpstream());
        advice.region().ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> says() {
        return visit.claims().map(claims -> Finding.ok(Code.TOKEN_SAYS, "The token says: " + claims.describe() + "."));
    }

    private Finding refused(Code code) {
        return switch (code) {
            case NO_CREDENTIAL ->
                Finding.problem(
                        code,
                        "You are not signed in: this route asks who is calling, and nothing was shown.",
                        "Sign in with your client, or give this command the token or API key that the client sends:"
                                + " --token-file FILE.");
            case SCHEME_NOT_ACCEPTED, TOKEN_MALFORMED ->
                Finding.problem(
                        code,
                        "What was shown is neither an API key nor a signed token (JWT).",
                        "Copy it again, whole. An opaque token of another service cannot be checked here.");
            case KEY_NOT_FORWARDED ->
                Finding.problem(
                        code,
                        "An API key of the gateway was shown on a route that hands what clients show to the upstream.",
                        "Sign in at the upstream instead, or make the route's authentication gateway.");
            case TOKEN_EXPIRED -> times(code);
            case WRONG_ISSUER ->
                Finding.problem(
                        code,
                        "The token comes from an identity provider that this gateway does not accept: "
                                + visit.claims().map(TokenClaims::issuer).orElse("(unknown)") + ".",
                        "Sign in at the right provider. If it is the right one, compare it, letter by letter, with the"
                                + " issuer in proxy.identity.issuers.");
            case WRONG_AUDIENCE -> audience(code);
            case TOKEN_NOT_ACCEPTED ->
                Finding.problem(
                        code,
                        "The token's signature, type or algorithm is not accepted.",
                        "Check the provider's keys, and algorithms in proxy.identity.issuers.");
            case CLAIMS_NOT_ACCEPTED ->
                Finding.problem(
                        code,
                        "The token is genuine, and does not say all that this gateway demands of its callers.",
                        "Compare it with claims and subjectClaim of its provider in proxy.identity.issuers; it needs an"
                                + " expiry, too.");
            case CERTIFICATE_NOT_ACCEPTED ->
                Finding.problem(
                        code,
                        "The client certificate is good, and belongs to no caller.",
                        "Add a rule for it to proxy.identity.certificates.");
            case ISSUER_UNREACHABLE ->
                Finding.problem(
                        code,
                        "The gateway cannot reach the identity provider that issued the token, so it cannot check it: "
                                + visit.claims().map(TokenClaims::issuer).orElse("(unknown)") + ".",
                        "Check that provider, and DNS, firewall and authorities (proxy.upstreams.authorities) on the"
                                + " gateway's machine; its log has the cause.");
            case THROTTLED ->
                Finding.problem(
                        code,
                        "Too many attempts to sign in from " + visit.address()
                                + " failed, so that none is looked at for now.",
                        "Wait a minute, and find the client that goes on using a wrong key or token.");
            default ->
                Finding.problem(
                        code,
                        "What was shown was good at first and is so no more: the key was revoked, or the token ended.",
                        "Sign in again.");
        };
    }

    private Finding times(Code code) {
        var early = visit.claims().filter(claims -> claims.isEarly(visit.now()));
        var over = visit.claims().filter(claims -> claims.isOver(visit.now()));
        return Finding.problem(
                code,
                early.flatMap(TokenClaims::begins)
                        .map(begin -> "The token is not good yet, but only from " + begin + " on.")
                        .or(() ->
                                over.flatMap(TokenClaims::expires).map(end -> "The token has expired, at " + end + "."))
                        .orElse("The token has expired by the gateway's clock, and not by this machine's."),
                "Sign in again, and check the clocks: this machine's says " + visit.now() + ".");
    }

    private Finding audience(Code code) {
        var meant = visit.claims()
                .map(claims -> String.join(", ", claims.audiences()))
                .filter(text -> !text.isEmpty())
                .orElse("nobody in particular");
        var wanted = visit.resource().orElse(visit.target().uri().toString());
        return Finding.problem(
                code,
                "The token is meant for " + meant + ", and not for this route, which is " + wanted + ".",
                "Ask the identity provider for a token with the resource (audience) " + wanted + ", letter by letter.");
    }

    /// Tokens are for the URL the gateway knows itself by; clients compare it with the one they use.
    private List<Finding> publicUrl() {
        if (visit.resource().isEmpty()) {
            return List.of(Finding.problem(
                    Code.PUBLIC_URL_UNKNOWN,
                    "The gateway does not know by which URL you call it: no token can be meant for it, and clients"
                            + " cannot find out where to sign in.",
                    "Set proxy.publicUrl to "
                            + visit.target().uri().resolve("/").toString().replaceFirst("/$", "") + "."));
        }
        var known = visit.resource().get();
        return known.equals(visit.target().uri().toString())
                ? List.of()
                : List.of(Finding.warning(
                        Code.PUBLIC_URL_DIFFERENT,
                        "The gateway calls this endpoint " + known + "; tokens are issued for that URL, and clients"
                                + " that compare refuse to sign in.",
                        "Give clients " + known + ", or change proxy.publicUrl."));
    }

    private Finding refusedByUpstream() {
        if (visit.token().isEmpty()) {
            return Finding.problem(
                    Code.UPSTREAM_WANTS_SIGN_IN,
                    "You are not signed in: " + visit.upstream() + " asks who is calling, and nothing was shown.",
                    visit.route()
                                    .filter(route -> route.authentication() == Authentication.OPEN)
                                    .isPresent()
                            ? "The route is open, which sends the upstream no credential: make its authentication"
                                    + " passthrough or gateway."
                            : "Sign in with your client, or give this command the token that the client sends:"
                                    + " --token-file FILE.");
        }
        if (visit.answer().status() == UNAUTHORIZED) {
            var isOver =
                    visit.claims().filter(claims -> claims.isOver(visit.now())).isPresent();
            return Finding.problem(
                    Code.UPSTREAM_REFUSED_TOKEN,
                    "The gateway lets you pass, and " + visit.upstream() + " does not accept your token"
                            + (isOver ? ", which has expired." : "."),
                    "Sign in again with your client.");
        }
        return Finding.problem(
                Code.UPSTREAM_REFUSED_TOKEN,
                "The gateway lets you pass, and " + visit.upstream() + " knows you, but lets you not in (HTTP 403).",
                "Ask whoever administers the upstream for the right to use MCP there; with Port, check that you signed"
                        + " in to the right organization.");
    }

    private Optional<Finding> region() {
        var of = visit.claims().flatMap(TokenClaims::region);
        var there = visit.region();
        return of.isPresent() && there.isPresent() && of.get() != there.get()
                ? Optional.of(Finding.problem(
                        Code.WRONG_REGION,
                        "The token is of Port's region " + of.get() + ", and this route leads to region " + there.get()
                                + ".",
                        "Use the route to region " + of.get() + ", or sign in at the other region."))
                : Optional.empty();
    }
}
