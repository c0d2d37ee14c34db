package dev.portcullis.standalone.up;

import dev.portcullis.console.connect.ConnectClient;
import dev.portcullis.console.connect.Guides;
import dev.portcullis.policy.document.Route;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/// A running installation, and what its operator wants to know about it.
///
/// @param gateway where the proxy listens, without a path
/// @param console where the console is, with a path
public record Ready(
        UpOptions options, InstallationPolicy.InForce policy, String gateway, String console, FirstSecrets secrets) {

    /// Says it, beginning with the line that scripts wait for. The first password is said here and
    /// never again.
    public void announce(Duration startUp, PrintWriter out) {
        out.printf("Portcullis is ready (%.1f s).%n%n", startUp.toMillis() / 1000.0);
        announceAddresses(out);
        announcePolicy(out);
        announceClients(out);
        out.println(
                "Ctrl-C stops everything; the data stays in " + options.data().root() + ".");
        out.flush();
        secrets.passwordWasSeen();
    }

    private void announceAddresses(PrintWriter out) {
        policy.document().routes().values().forEach(route -> row(out, "Gateway", url(route), leadsTo(route)));
        row(
                out,
                "Console",
                console,
                secrets.unseenPassword()
                        .map(password -> "user admin, password " + password.reveal() + " (shown only this once)")
                        .orElse("user admin"));
        row(out, "REST API", console + "api/v1", "token in " + options.data().adminToken());
        row(out, "Log", options.data().logFile().toString(), "");
        out.println();
    }

    private void announcePolicy(PrintWriter out) {
        if (policy.isTheUsualOne()) {
            out.println(
                    "One rule is in force, read-only-by-default: tools that change something are hidden and refused,");
            out.println("on every route, until you change the policy in the console.");
        } else {
            out.println("Policy version " + policy.version() + " is in force.");
        }
        if (options.policy().isPresent() && policy.version() > 1) {
            out.println("--policy is read at the first start only; publish a new version in the console,"
                    + " or with `portcullis policy publish`.");
        }
        out.println();
    }

    private void announceClients(PrintWriter out) {
        policy.document().routes().values().stream().findFirst().ifPresent(route -> {
            announce(ConnectClient.CLAUDE_CODE, route, "", out);
            announce(ConnectClient.CURSOR, route, " (~/.cursor/mcp.json)", out);
            out.println("Other clients: " + console + "connect");
            out.println();
        });
    }

    /// The first of the ways that the console's screen shows.
    private void announce(ConnectClient client, Route route, String where, PrintWriter out) {
        out.println(client.title() + where + ":");
        new Guides(gateway)
                .guide(route, client, Optional.empty(), false)
                .snippets()
                .getFirst()
                .text()
                .lines()
                .forEach(line -> out.println("  " + line));
    }

    private String url(Route route) {
        return gateway + "/mcp/" + route.name();
    }

    private static String leadsTo(Route route) {
        return switch (route.upstream()) {
            case Route.Upstream.Sandbox _ -> "the sandbox, a stand-in for Port";
            case Route.Upstream.Remote(var uri) -> uri.toString();
        };
    }

    private static void row(PrintWriter out, String name, String value, String note) {
        out.printf("  %-9s %-42s %s%n", name, value, note);
    }
}
