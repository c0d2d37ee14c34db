package dev.portcullis.console.connect;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Links that open a client with everything filled in. A key is in none of them: links are kept in histories.
///
/// @see <a href="https://cursor.com/docs/context/mcp/install-links">Cursor</a>
/// @see <a href="https://code.visualstudio.com/api/extension-guides/ai/mcp#create-an-mcp-installation-url">VS Code</a>
final class ConnectLinks {
    /// How Cursor reads a variable of its environment.
    static final String CURSOR_KEY = "${env:" + Target.KEY_VARIABLE + "}";

    private static final String INPUT = "portcullis-key";

    /// How VS Code asks for a value once and keeps it among its secrets.
    static final String VS_CODE_KEY = "${input:" + INPUT + "}";

    private ConnectLinks() {}

    static Optional<String> of(ConnectClient client, Target target) {
        return switch (client) {
            case CURSOR -> Optional.of(cursor(target));
            case VS_CODE -> Optional.of(vsCode(target));
            case CLAUDE_CODE, CLAUDE_DESKTOP, CODEX, AUGMENT, MCP_REMOTE, CURL -> Optional.empty();
        };
    }

    /// What VS Code asks its user for.
    static Optional<ArrayNode> inputs(Target target) {
        if (target.proof() != Proof.KEY) {
            return Optional.empty();
        }
        var inputs = JsonNodeFactory.instance.arrayNode();
        inputs.addObject()
                .put("type", "promptString")
                .put("id", INPUT)
                .put("description", "API key of the gateway (pck_…)")
                .put("password", true);
        return Optional.of(inputs);
    }

    private static String cursor(Target target) {
        var entry = McpJson.remote(target, CURSOR_KEY).toString();
        return "cursor://anysphere.cursor-deeplink/mcp/install?name=" + encoded(target.name()) + "&config="
                + encoded(Base64.getEncoder().encodeToString(entry.getBytes(StandardCharsets.UTF_8)));
    }

    private static String vsCode(Target target) {
        var entry = McpJson.object().put("name", target.name());
        entry.setAll(McpJson.typed(target, VS_CODE_KEY));
        inputs(target).ifPresent(inputs -> entry.set("inputs", inputs));
        return "vscode:mcp/install?" + encoded(entry.toString());
    }

    /// As `encodeURIComponent`: a plus would be read as a plus.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
