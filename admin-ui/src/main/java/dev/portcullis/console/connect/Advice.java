package dev.portcullis.console.connect;

import dev.portcullis.policy.document.Route.Authentication;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What to say beside a snippet: what happens next, and what does not work.
final class Advice {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ConnectClient client;
    private final Target target;
    private final Authentication authentication;

    Advice(ConnectClient client, Target target, Authentication authentication) {
        this.client = client;
        this.target = target;
        this.authentication = authentication;
    }

    /// In the order in which a person comes across it.
    List<String> afterwards() {
        var steps = new ArrayList<String>();
        if (target.proof() == Proof.KEY) {
            steps.add(whereTheKeyGoes());
        }
        if (target.proof() == Proof.SIGN_IN) {
            steps.add(signIn());
        }
        steps.add(check());
        steps.add(
                "Tools that the policy hides are not in the client's list at all. A call that is refused comes back as the"
                        + " tool's answer: it begins with “Blocked by policy:”, says that the tool was not executed, and ends with the"
                        + " id that Tool calls finds.");
        steps.add(cutOff());
        return List.copyOf(steps);
    }

    private String whereTheKeyGoes() {
        return switch (client) {
            case VS_CODE ->
                "VS Code asks for the key at the first start and keeps it among its secrets; no file has it.";
            case CURSOR ->
                "Set " + Target.KEY_VARIABLE
                        + " to the key where Cursor is started from. The file can be shared; the key is"
                        + " not in it.";
            case CLAUDE_CODE ->
                "Set " + Target.KEY_VARIABLE
                        + " to the key first. The first command writes it into ~/.claude.json; with JSON"
                        + " Claude Code reads the variable at each start.";
            case CODEX ->
                "Set " + Target.KEY_VARIABLE
                        + " to the key where Codex is started; config.toml names only the variable.";
            case CLAUDE_DESKTOP, AUGMENT, MCP_REMOTE ->
                "Put the key in the place of pck_…, behind “Bearer ”. The space is safe there: it is no argument.";
            case CURL -> "Set " + Target.KEY_VARIABLE + " to the key first.";
        };
    }

    private String signIn() {
        var where = authentication == Authentication.PASSTHROUGH
                ? "the upstream's own identity provider; the gateway hands the token on to that server and to nobody else"
                : "an identity provider that the gateway's configuration names as interactive; without one, use a key";
        return switch (client) {
            case CODEX -> "Run codex mcp login " + ShellText.word(target.name()) + ". You sign in at " + where + ".";
            case CLAUDE_CODE -> "In Claude Code, /mcp and then Authenticate. You sign in at " + where + ".";
            case CURL -> "Put a token in TOKEN; curl signs nobody in.";
            case CURSOR, VS_CODE, CLAUDE_DESKTOP, AUGMENT, MCP_REMOTE ->
                "The client opens a browser. You sign in at " + where + ".";
        };
    }

    private String check() {
        return switch (client) {
            case CURSOR -> "Cursor Settings, Tools & MCP: the server has a green dot and lists its tools.";
            case VS_CODE -> "MCP: List Servers in the command palette: Start Server, then Show Output if it does not.";
            case CLAUDE_CODE ->
                "claude mcp list connects to each server. Read its text: the exit code is 0 also when that fails.";
            case CODEX -> "Type /mcp in Codex. codex mcp list shows what is configured, not whether it is reached.";
            case CLAUDE_DESKTOP ->
                "Quit Claude Desktop and start it again. Settings, Developer shows the server as running.";
            case AUGMENT -> "The settings list the server with its tools.";
            case MCP_REMOTE -> "The client lists the server's tools; Node.js has to be installed where npx runs.";
            case CURL ->
                "The answer names the server, and its header portcullis-exchange the record of this very request.";
        };
    }

    private String cutOff() {
        var shown = switch (client) {
            case CLAUDE_CODE -> "“session expired”, or asks to sign in again";
            case CODEX -> "an error without a reason";
            case CURL -> "HTTP 403 with the reason";
            case CURSOR, VS_CODE, CLAUDE_DESKTOP, AUGMENT, MCP_REMOTE -> "an error, or asks to sign in again";
        };
        return "While the kill switch is engaged, and from networks that are not allowed, the client shows " + shown
                + ".";
    }

    /// The most dangerous first.
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        warnings.add(
                "Replace the client's entry for the server behind the gateway. One that stays beside this one goes around"
                        + " the policy.");
        warnings.addAll(aboutTheAddress());
        warnings.addAll(aboutTheClient());
        if (startsMcpRemote()) {
            warnings.add(
                    "MCP_REMOTE_HEADER_… variables do nothing: mcp-remote reads headers from --header alone. A client that"
                            + " was configured so has always run without the restriction.");
            warnings.add(
                    "A space in an argument after --header is cut by some clients (Cursor, Codex, and Claude Desktop on"
                            + " Windows), which leaves an empty header. Write name:value, and a value with a space in env, as here.");
            warnings.add(
                    "mcp-remote keeps its sign-in per address and set of headers: after a change, expect to sign in again.");
        }
        if (authentication == Authentication.PASSTHROUGH) {
            warnings.add("A key of the gateway (pck_…) is refused on this route, in whatever header it stands.");
        }
        return List.copyOf(warnings);
    }

    private List<String> aboutTheAddress() {
        var host = String.valueOf(URI.create(target.url()).getHost());
        if (LOOPBACK.contains(host)) {
            return List.of(
                    "This address is reached from the gateway's own machine only. For others set console.gatewayUrl to the"
                            + " gateway's public URL, the same as proxy.publicUrl.");
        }
        var warnings = new ArrayList<String>();
        if (target.isPlain() && target.proof() != Proof.NOTHING) {
            warnings.add(
                    "The address begins with http: whoever is on the way reads the key or token. Give the gateway TLS.");
        }
        if (authentication == Authentication.OPEN) {
            warnings.add(
                    "An open route is served on loopback only: from elsewhere it is refused. Change its authentication.");
        }
        return warnings;
    }

    private List<String> aboutTheClient() {
        return switch (client) {
            case CLAUDE_DESKTOP ->
                List.of(
                        "Custom connectors of claude.ai are called from Anthropic's cloud: they need the gateway on public HTTPS,"
                                + " and have no field for a header. Where that is so, and people sign in, give the connector "
                                + target.url() + "; else use mcp-remote as here.",
                        "A server from the connector directory goes around the gateway. Switch it off for the organization.");
            case CODEX ->
                List.of(
                        "Codex ignores a key named headers; it is http_headers. A token in the file itself is refused by Codex.");
            case AUGMENT -> List.of("Signing in from Augment itself is known to fail; with mcp-remote it works.");
            case VS_CODE -> List.of("The root of the file is servers, not mcpServers as in other clients.");
            case CURSOR, CLAUDE_CODE, MCP_REMOTE, CURL -> List.of();
        };
    }

    private boolean startsMcpRemote() {
        return switch (client) {
            case CURSOR, VS_CODE, CLAUDE_DESKTOP, AUGMENT, MCP_REMOTE -> true;
            case CLAUDE_CODE, CODEX, CURL -> false;
        };
    }
}
