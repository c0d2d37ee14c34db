package dev.portcullis.standalone.doctor;

import java.util.Optional;

/// What the gateway's reasons mean, and what to do about each.
final class Advice {
    private static final String SIGN_IN = "sign-in";
    private static final String POLICY = "policy";
    private static final String UPSTREAM = "upstream";

    private Advice() {}

    /// @param reason the gateway's own key, as in `error.data.reason`
    /// @param message what it said besides
    static Finding about(String reason, String message) {
        return signIn(reason)
                .or(() -> upstream(reason))
                .or(() -> other(reason, message))
                .orElseGet(() -> Finding.problem(
                        "request",
                        "The gateway refuses: " + message + " (" + reason + ").",
                        "Look the exchange up in the console."));
    }

    private static Optional<Finding> signIn(String reason) {
        return switch (reason) {
            case "no_credential" ->
                signIn(
                        "The route wants to know who is calling, and nothing was shown.",
                        "Sign in with your client, or give a key or token: --token-file FILE.");
            case "key_not_accepted" ->
                signIn(
                        "The API key is not good: unknown, revoked, expired, for other routes, or not for this network.",
                        "`portcullis key list` shows keys, their routes, networks and ends; make a new one if need be.");
            case "key_not_forwarded" ->
                signIn(
                        "An API key of the gateway was sent to a route that passes credentials through.",
                        "Sign in at the upstream instead, or make the route `authentication: gateway`.");
            case "token_malformed", "scheme_not_accepted" ->
                signIn(
                        "What was sent as Authorization is neither a signed token (JWT) nor an API key.",
                        "Send `Authorization: Bearer <token>`, whole and once.");
            case "token_expired" ->
                signIn("The token has expired, or is not valid yet.", "Sign in again; check this machine's clock.");
            case "wrong_issuer" ->
                signIn(
                        "The token comes from an identity provider that this gateway does not accept.",
                        "Compare its `iss` with proxy.identity.issuers.");
            case "wrong_audience" ->
                signIn(
                        "The token is meant for something else than this route.",
                        "Ask for a token with `resource` (audience) equal to the route's public URL, letter by letter.");
            case "token_not_accepted" ->
                signIn(
                        "The token's signature, type or claims are not accepted.",
                        "Check the issuer's keys, algorithms and demanded claims in proxy.identity.issuers.");
            case "certificate_not_accepted" ->
                signIn("The client certificate belongs to no caller.", "Add a rule to proxy.identity.certificates.");
            case "issuer_unreachable" ->
                signIn(
                        "The gateway cannot reach the identity provider that issued the token.",
                        "Check the provider, and DNS and firewall on the gateway's machine; its log has the cause.");
            case "throttled" ->
                signIn(
                        "Too many failed attempts came from this address.",
                        "Wait a minute; find the client that uses a wrong key.");
            case "caller_ended" ->
                signIn("The key was revoked, or the token ended, while it was in use.", "Sign in again.");
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> upstream(String reason) {
        return switch (reason) {
            case "upstream_unreachable" ->
                upstream(
                        "The gateway cannot reach the upstream: it is down, or DNS or a firewall is in the way.",
                        "Check the route's upstream from the gateway's machine.");
            case "upstream_too_slow" ->
                upstream("The upstream does not answer in time.", "Check the upstream; see proxy.limits.responseHead.");
            case "upstream_forbidden_address" ->
                upstream(
                        "The upstream's name leads to an address that the gateway may not connect to.",
                        "Check its DNS; loopback addresses have to be listed in proxy.upstreams.allowedLoopback.");
            case "upstream_busy" ->
                upstream(
                        "Too many connections to the upstream are open.",
                        "Try again; see proxy.upstreams.connectionsPerHost.");
            case "upstream_credential_missing" ->
                upstream(
                        "The upstream wants a credential, and the gateway has none for this route.",
                        "`portcullis credential set NAME …`, and `credential: NAME` on the route.");
            case "upstream_credential_refused" ->
                upstream(
                        "The upstream, or its token endpoint, refuses the gateway's own credential.",
                        "Check client id, secret and region: a credential of Port's EU region is refused in the US, and the other way"
                                + " round. Then `portcullis credential set` it anew.");
            case "upstream_credential_unavailable" ->
                upstream(
                        "The gateway has a credential and cannot use it at this moment.",
                        "The log says why: the token endpoint is down, its limit (50 in 15 minutes) is spent, or secrets.key is another one.");
            case "upstream_garbage", "upstream_broke_off", "upstream_not_configured" ->
                upstream("The upstream's answer is not MCP, or broke off.", "Check the path in the route's upstream.");
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> other(String reason, String message) {
        return switch (reason) {
            case "connection_denied", "cut_off" ->
                Optional.of(
                        Finding.problem(
                                POLICY,
                                "The policy keeps you out: " + message,
                                "Your network, your groups, or the kill switch: the rule's message says more, `portcullis status` too."));
            case "unknown_route", "unknown_path" ->
                Optional.of(Finding.problem(
                        "route",
                        "There is no such route: " + message,
                        "Compare the URL with the routes in the policy."));
            case "foreign_host" ->
                Optional.of(Finding.problem(
                        "host",
                        "The gateway does not know itself under this name.",
                        "Add the name to proxy.publicHosts or proxy.publicUrl, or to the hosts of a route."));
            case "open_route_exposed" ->
                Optional.of(Finding.problem(
                        "route", message, "Give the route `authentication: gateway`, or listen on loopback."));
            case "loop" ->
                Optional.of(
                        Finding.problem(UPSTREAM, message, "Pin the upstream's real address in the gateway's DNS."));
            case "not_recordable", "overloaded", "internal_fault" ->
                Optional.of(Finding.problem(
                        "gateway", "The gateway is in trouble: " + message, "Look at its log and metrics."));
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> signIn(String text, String next) {
        return Optional.of(Finding.problem(SIGN_IN, text, next));
    }

    private static Optional<Finding> upstream(String text, String next) {
        return Optional.of(Finding.problem(UPSTREAM, text, next));
    }
}
