package dev.portcullis.standalone.doctor;

import java.util.List;

/// What a refusal means, and what to do about it: each reason of the gateway, and what upstreams say.
final class Advice {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private Advice() {}

    /// @param visit one that did not lead to what was asked for
    static List<Finding> about(Visit visit) {
        var reason = visit.answer().reason();
        return reason.isPresent()
                ? Code.ofReason(reason.get())
                        .map(code -> about(code, visit))
                        .orElseGet(() -> List.of(unnamed(reason.get(), visit)))
                : fromServer(visit);
    }

    private static List<Finding> about(Code code, Visit visit) {
        return switch (code.check()) {
            case SIGN_IN -> code == Code.KEY_NOT_ACCEPTED ? KeyAdvice.about(visit) : TokenAdvice.about(code, visit);
            case POLICY -> PolicyAdvice.about(code, visit);
            case UPSTREAM -> UpstreamAdvice.about(code, visit);
            case NAME, CONNECTION, TLS, GATEWAY, ROUTE, TOOLS, CONSOLE -> List.of(ofGateway(code, visit));
        };
    }

    private static Finding ofGateway(Code code, Visit visit) {
        var host = visit.target().host();
        return switch (code) {
            case FOREIGN_HOST ->
                Finding.problem(
                        code,
                        "The gateway does not know itself by the name " + host + ", and so does not answer to it.",
                        "Add " + host + " to proxy.publicHosts, make it the host of proxy.publicUrl, or list it under"
                                + " the hosts of a route.");
            case UNKNOWN_ROUTE ->
                Finding.problem(
                        code,
                        "The gateway has no route " + visit.target().route().orElse("of this name") + known(visit)
                                + ".",
                        "Compare the URL with the routes in the policy.");
            case UNKNOWN_PATH ->
                Finding.problem(
                        code,
                        "The gateway has no MCP endpoint at "
                                + visit.target().uri().getPath() + known(visit) + ".",
                        "The path is /mcp/ and the name of a route; under a host of a route's own, it is the path of"
                                + " its upstream.");
            case OPEN_ROUTE_EXPOSED ->
                Finding.problem(
                        code,
                        "The route is open to all, and the gateway can be reached by others than this machine.",
                        "Give the route authentication: gateway or passthrough.");
            case LOOP ->
                Finding.problem(
                        code,
                        "The route's upstream leads back to the gateway: its name is in the company's DNS as the"
                                + " gateway's own.",
                        "Let the gateway ask name servers that know the real upstream: proxy.upstreams.nameServers.");
            case NOT_RECORDABLE, OVERLOADED ->
                Finding.problem(
                        code,
                        "The gateway takes no more calls: " + visit.answer().complaint() + ".",
                        "Look at its database and its load: /readyz and /metrics at its management address say more.");
            default ->
                Finding.problem(
                        code,
                        "The gateway fails: " + visit.answer().complaint() + ".",
                        "Look for this exchange in its log, and send the archive (--bundle) to support.");
        };
    }

    private static Finding unnamed(String reason, Visit visit) {
        return Finding.problem(
                Code.REFUSED,
                "The gateway refuses: " + visit.answer().complaint() + " (" + reason + ").",
                "Look this exchange up in the console.");
    }

    private static String known(Visit visit) {
        return visit.policy()
                .map(policy -> "; it has " + String.join(", ", policy.routes().keySet()))
                .orElse("");
    }

    /// The gateway let the request pass, and what came back is the upstream's.
    private static List<Finding> fromServer(Visit visit) {
        return switch (visit.answer().status()) {
            case UNAUTHORIZED, FORBIDDEN -> TokenAdvice.refusedUpstream(visit);
            case NOT_FOUND -> List.of(refusedUpstream(visit, "Check the path in the route's upstream."));
            default ->
                List.of(refusedUpstream(
                        visit,
                        "Look at the upstream's own log, and check that it is an MCP server (Streamable HTTP)."));
        };
    }

    private static Finding refusedUpstream(Visit visit, String next) {
        var complaint = visit.answer().complaint();
        return Finding.problem(
                Code.UPSTREAM_REFUSED,
                "The gateway lets you pass, and " + visit.upstream() + " refuses with HTTP "
                        + visit.answer().status() + (complaint.isEmpty() ? "" : ": " + complaint) + ".",
                next);
    }
}
