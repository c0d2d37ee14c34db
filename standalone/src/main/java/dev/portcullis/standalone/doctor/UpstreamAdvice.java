package dev.portcullis.standalone.doctor;

import dev.portcullis.policy.document.Route;
import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why the gateway gets no answer from the upstream.
final class UpstreamAdvice {
    private final Visit visit;

    private UpstreamAdvice(Visit visit) {
        this.visit = visit;
    }

    static List<Finding> about(Code code, Visit visit) {
        var advice = new UpstreamAdvice(visit);
        var findings = new ArrayList<>(List.of(advice.failed(code)));
        if (code == Code.UPSTREAM_CREDENTIAL_REFUSED || code == Code.UPSTREAM_CREDENTIAL_UNAVAILABLE) {
            advice.region().ifPresent(findings::add);
        }
        return findings;
    }

    private Finding failed(Code code) {
        return switch (code) {
            case UPSTREAM_UNREACHABLE ->
                Finding.problem(
                        code,
                        "The gateway cannot reach " + visit.upstream() + ": it is down, or DNS, TLS or a firewall is in"
                                + " the way.",
                        "Try it from the gateway's machine; the gateway's log names the cause.");
            case UPSTREAM_TOO_SLOW ->
                Finding.problem(
                        code,
                        "The gateway waits in vain for " + visit.upstream() + " to answer.",
                        "Look at the upstream; how long the gateway waits is proxy.limits.responseHead.");
            case UPSTREAM_FORBIDDEN_ADDRESS ->
                Finding.problem(
                        code,
                        "The name of " + visit.upstream() + " leads to an address that the gateway may not connect to.",
                        "Check the DNS on the gateway's machine. An upstream on that machine itself must be listed in"
                                + " proxy.upstreams.allowedLoopback, a private network in"
                                + " proxy.upstreams.allowedNetworks.");
            case UPSTREAM_BUSY ->
                Finding.problem(
                        code,
                        "The gateway has as many connections to " + visit.upstream() + " open as it may.",
                        "Try again; the bound is proxy.upstreams.connectionsPerHost.");
            case UPSTREAM_NOT_CONFIGURED ->
                Finding.problem(
                        code,
                        "The route leads to the sandbox, and this gateway has none.",
                        "Give the route its real upstream, or start `portcullis sandbox` and set"
                                + " proxy.upstreams.sandbox.");
            case UPSTREAM_CREDENTIAL_MISSING -> missing(code);
            case UPSTREAM_CREDENTIAL_REFUSED ->
                Finding.problem(
                        code,
                        "The gateway's own credential" + named() + " is refused by " + visit.upstream()
                                + " or by its token endpoint.",
                        "Check client id, secret, organization and region, and store it anew:"
                                + " `portcullis credential set"
                                + name().map(name -> " " + name).orElse("") + "`.");
            case UPSTREAM_CREDENTIAL_FORBIDDEN ->
                Finding.problem(
                        code,
                        "The gateway's own credential" + named() + " is for other upstreams than " + visit.upstream()
                                + ".",
                        "If the route is right, store the credential anew with --upstream and this upstream's origin.");
            case UPSTREAM_CREDENTIAL_UNAVAILABLE ->
                Finding.problem(
                        code,
                        "The gateway has a credential" + named() + " and cannot use it at this moment.",
                        "The gateway's log says why: the token endpoint is down, its limit (50 in 15 minutes) is spent,"
                                + " or secrets.key is another one than when the credential was stored.");
            default ->
                Finding.problem(
                        code,
                        "What " + visit.upstream() + " answers is not MCP, or it broke off.",
                        "Check the path in the route's upstream, and that a Streamable HTTP server is there.");
        };
    }

    private Finding missing(Code code) {
        var isNamed = name().isPresent();
        return Finding.problem(
                code,
                "The upstream asks the gateway for a credential, and "
                        + (isNamed ? "there is none by the name" + named() : "the route names none") + ".",
                isNamed
                        ? "Store it: `portcullis credential set " + name().get() + "`."
                        : "Store one (`portcullis credential set NAME`), and name it in the route's key credential.");
    }

    /// A credential of one region is refused in the other, at the token endpoint or later.
    private Optional<Finding> region() {
        var of = credential()
                .flatMap(known -> Region.ofUrl(known.at("/settings/endpoint").asString("")));
        var there = visit.region();
        return of.isPresent() && there.isPresent() && of.get() != there.get()
                ? Optional.of(Finding.problem(
                        Code.WRONG_REGION,
                        "The credential" + named() + " is got in Port's region " + of.get()
                                + ", and the route leads to region " + there.get() + ".",
                        "Give the credential the token endpoint of region " + there.get()
                                + ", with a client of the organization there."))
                : Optional.empty();
    }

    private Optional<String> name() {
        return visit.route().flatMap(Route::credential);
    }

    private String named() {
        return name().map(name -> " " + name).orElse("");
    }

    private Optional<JsonNode> credential() {
        return name().flatMap(name -> visit.console().one("credentials/" + name));
    }
}
