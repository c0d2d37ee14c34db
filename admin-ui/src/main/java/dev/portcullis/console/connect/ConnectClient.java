package dev.portcullis.console.connect;

import java.util.Arrays;
import java.util.Optional;

/// The software that is connected, one for each way of doing it.
public enum ConnectClient {
    CURSOR("cursor", "Cursor"),
    VS_CODE("vscode", "VS Code"),
    CLAUDE_CODE("claude-code", "Claude Code"),
    CLAUDE_DESKTOP("claude", "Claude Desktop and claude.ai"),
    CODEX("codex", "Codex"),
    AUGMENT("augment", "Augment"),
    MCP_REMOTE("mcp-remote", "Any other, through mcp-remote"),
    CURL("curl", "curl");

    private final String wireName;
    private final String title;

    ConnectClient(String wireName, String title) {
        this.wireName = wireName;
        this.title = title;
    }

    /// Its name in URLs and in the REST API.
    public String wireName() {
        return wireName;
    }

    /// For people.
    public String title() {
        return title;
    }

    public static Optional<ConnectClient> named(String wireName) {
        return Arrays.stream(values())
                .filter(client -> client.wireName.equals(wireName))
                .findFirst();
    }
}
