package dev.portcullis.console.connect;

import dev.portcullis.console.connect.Snippet.Language;
import dev.portcullis.console.connect.Snippet.Place;

import java.util.ArrayList;
import java.util.List;

/// What is written where, for each client.
final class Recipes {
    private static final String SERVERS = "mcpServers";
    private static final String IN_ENVIRONMENT = "${" + Target.KEY_VARIABLE + "}";

    private Recipes() {}

    static List<Snippet> of(ConnectClient client, Target target) {
        return switch (client) {
            case CURSOR -> cursor(target);
            case VS_CODE -> vsCode(target);
            case CLAUDE_CODE -> claudeCode(target);
            case CLAUDE_DESKTOP -> claudeDesktop(target);
            case CODEX -> codex(target);
            case AUGMENT -> augment(target);
            case MCP_REMOTE -> mcpRemote(target);
            case CURL -> List.of(new Snippet("Ask the gateway who it is", Language.SHELL, curl(target)));
        };
    }

    private static List<Snippet> cursor(Target target) {
        return List.of(
                new Snippet(
                        "mcp.json",
                        Language.JSON,
                        McpJson.file(SERVERS, target, McpJson.remote(target, ConnectLinks.CURSOR_KEY)),
                        new Place("For yourself, Linux and macOS", "~/.cursor/mcp.json"),
                        new Place("For yourself, Windows", "%USERPROFILE%\\.cursor\\mcp.json"),
                        new Place("For everybody in a project", ".cursor/mcp.json")),
                wsl(target, "Windows, with Node.js in WSL", new Place("Windows", "%USERPROFILE%\\.cursor\\mcp.json")));
    }

    private static List<Snippet> vsCode(Target target) {
        var file = McpJson.object();
        file.putObject("servers").set(target.name(), McpJson.typed(target, ConnectLinks.VS_CODE_KEY));
        ConnectLinks.inputs(target).ifPresent(inputs -> file.set("inputs", inputs));
        var place = new Place("For yourself", "MCP: Open User Configuration (command palette)");
        var fallback = McpJson.file("servers", target, McpRemote.throughWsl(target));
        return List.of(
                new Snippet(
                        "mcp.json",
                        Language.JSON,
                        McpJson.text(file),
                        new Place("For everybody in a workspace", ".vscode/mcp.json"),
                        place),
                new Snippet("Windows, with Node.js in WSL", Language.JSON, fallback, place));
    }

    private static List<Snippet> claudeCode(Target target) {
        return List.of(
                new Snippet("Command", Language.SHELL, claudeCommand(target)),
                new Snippet(
                        ".mcp.json",
                        Language.JSON,
                        McpJson.file(SERVERS, target, McpJson.typed(target, IN_ENVIRONMENT)),
                        new Place("For everybody in a repository", ".mcp.json in its root")),
                new Snippet(
                        "Command with JSON",
                        Language.SHELL,
                        "claude mcp add-json " + ShellText.word(target.name()) + " "
                                + ShellText.word(
                                        McpJson.typed(target, IN_ENVIRONMENT).toString())));
    }

    /// `--header` takes all that follows it, so the name and the address come first.
    static String claudeCommand(Target target) {
        var words = new ArrayList<>(List.of(
                "claude mcp add --transport http", ShellText.word(target.name()), ShellText.word(target.url())));
        if (target.proof() == Proof.KEY) {
            words.add("--header " + ShellText.withVariable("Authorization: Bearer ", Target.KEY_VARIABLE));
        }
        target.wishes().forEach((name, value) -> words.add("--header " + ShellText.word(name + ": " + value)));
        return String.join(" ", words);
    }

    private static List<Snippet> claudeDesktop(Target target) {
        var mac = new Place("macOS", "~/Library/Application Support/Claude/claude_desktop_config.json");
        var windows = new Place("Windows", "%APPDATA%\\Claude\\claude_desktop_config.json");
        return List.of(
                new Snippet(
                        "Claude Desktop, through mcp-remote",
                        Language.JSON,
                        McpJson.file(SERVERS, target, McpRemote.entry(target)),
                        mac),
                new Snippet(
                        "Claude Desktop on Windows",
                        Language.JSON,
                        McpJson.file(SERVERS, target, McpRemote.onWindows(target)),
                        windows),
                wsl(target, "Claude Desktop on Windows, with Node.js in WSL", windows));
    }

    private static List<Snippet> codex(Target target) {
        var command = new ArrayList<>(
                List.of("codex mcp add", ShellText.word(target.name()), "--url", ShellText.word(target.url())));
        if (target.proof() == Proof.KEY) {
            command.add("--bearer-token-env-var " + Target.KEY_VARIABLE);
        }
        var file = new Snippet(
                "config.toml",
                Language.TOML,
                codexTable(target),
                new Place("Linux and macOS", "~/.codex/config.toml"),
                new Place("Windows", "%USERPROFILE%\\.codex\\config.toml"));
        return target.isReadOnly()
                ? List.of(file)
                : List.of(new Snippet("Command", Language.SHELL, String.join(" ", command)), file);
    }

    private static String codexTable(Target target) {
        var lines = new ArrayList<>(
                List.of("[mcp_servers." + TomlText.key(target.name()) + "]", "url = " + TomlText.string(target.url())));
        if (target.proof() == Proof.KEY) {
            lines.add("bearer_token_env_var = " + TomlText.string(Target.KEY_VARIABLE));
        }
        target.wishes()
                .forEach((name, value) ->
                        lines.add("http_headers = { " + TomlText.string(name) + " = " + TomlText.string(value) + " }"));
        lines.add("enabled = true");
        return String.join("\n", lines);
    }

    private static List<Snippet> augment(Target target) {
        var settings = new Place("VS Code and JetBrains", "Augment settings, MCP, Import from JSON");
        return List.of(
                new Snippet(
                        "Through mcp-remote",
                        Language.JSON,
                        McpJson.file(SERVERS, target, McpRemote.entry(target)),
                        settings,
                        new Place("Auggie (command line)", "~/.augment/settings.json")),
                wsl(target, "Windows, with Node.js in WSL", settings));
    }

    private static List<Snippet> mcpRemote(Target target) {
        var place = new Place("Most clients", "the file or dialog that has a command and its arguments");
        return List.of(
                new Snippet(
                        "Linux and macOS",
                        Language.JSON,
                        McpJson.file(SERVERS, target, McpRemote.entry(target)),
                        place),
                new Snippet(
                        "Windows", Language.JSON, McpJson.file(SERVERS, target, McpRemote.onWindows(target)), place),
                wsl(target, "Windows, with Node.js in WSL", place));
    }

    private static Snippet wsl(Target target, String title, Place place) {
        return new Snippet(title, Language.JSON, McpJson.file(SERVERS, target, McpRemote.throughWsl(target)), place);
    }

    private static String curl(Target target) {
        var lines = new ArrayList<>(List.of(
                "curl -sS " + ShellText.word(target.url()),
                "  -H 'Content-Type: application/json'",
                "  -H 'Accept: application/json, text/event-stream'"));
        switch (target.proof()) {
            case NOTHING -> {}
            case KEY -> lines.add("  -H " + ShellText.withVariable("Authorization: Bearer ", Target.KEY_VARIABLE));
            case SIGN_IN -> lines.add("  -H " + ShellText.withVariable("Authorization: Bearer ", "TOKEN"));
        }
        target.wishes().forEach((name, value) -> lines.add("  -H " + ShellText.word(name + ": " + value)));
        lines.add("  -d '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"curl\",\"version\":\"1\"}}}'");
        return String.join(" \\\n", lines);
    }
}
