package dev.portcullis.sandbox.tools;

import dev.portcullis.sandbox.catalogue.Catalogue;
import dev.portcullis.sandbox.catalogue.JsonObject;
import dev.portcullis.sandbox.catalogue.ToolFailure;

import java.util.List;
import java.util.Map;

/// Plugins: code that runs inside the portal.
final class PluginTools implements ToolFamily {

    /// What Port's library offers, by identifier.
    private static final Map<String, String> LIBRARY = Map.of(
            "dependency_graph", "Dependency graph",
            "release_notes", "Release notes",
            "slo_burn_down", "SLO burn-down");

    private final Catalogue catalogue;

    PluginTools(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public List<SandboxTool> tools() {
        return List.of(
                SandboxTool.of(ToolKind.READ, "list_plugins", "Lists the installed plugins.", List.of(), this::list),
                SandboxTool.of(
                        ToolKind.WRITE,
                        "upsert_plugin",
                        "Creates a plugin, or replaces the one with this identifier. Its code runs in the portal.",
                        List.of(
                                Parameter.text("identifier", "Unique identifier")
                                        .required()
                                        .with("minLength", 1),
                                Parameter.text("title", "Name shown to people"),
                                Parameter.text("description", "What it shows"),
                                Parameter.text("version", "Its version"),
                                Parameter.text("entryPoint", "Address of its code")
                                        .required()
                                        .with("format", "uri"),
                                Parameter.flag("enabled", true, "Whether it is shown")),
                        this::upsert),
                SandboxTool.of(
                        ToolKind.ADD,
                        "install_library_plugin",
                        "Installs a plugin from Port's library.",
                        List.of(Parameter.choice(
                                        "pluginIdentifier",
                                        "The plugin",
                                        LIBRARY.keySet().stream().sorted().toArray(String[]::new))
                                .required()),
                        this::install));
    }

    private JsonObject list(ToolCall call) {
        return Answers.list("plugins", catalogue.plugins().all());
    }

    private JsonObject upsert(ToolCall call) {
        var plugin = JsonObject.of("source", "custom").with("enabled", true).mergedWith(call.arguments());
        return Answers.changed("plugin", plugin, catalogue.put("plugin", catalogue.plugins(), plugin));
    }

    private JsonObject install(ToolCall call) {
        var identifier = call.text("pluginIdentifier");
        if (catalogue.plugins().find(identifier).isPresent()) {
            throw new ToolFailure("Plugin '%s' is installed already.".formatted(identifier));
        }
        var plugin = JsonObject.of("identifier", identifier)
                .with("title", LIBRARY.getOrDefault(identifier, identifier))
                .with("version", "1.0.0")
                .with("source", "library")
                .with("enabled", true);
        return Answers.changed("plugin", plugin, catalogue.put("plugin", catalogue.plugins(), plugin));
    }
}
