package dev.portcullis.console.connect;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;

/// The entries of clients that are configured in JSON.
final class McpJson {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Spacing.AFTER)
            .withArrayEmptySeparator("");

    private McpJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// An entry of a client that speaks HTTP itself.
    ///
    /// @param key how it spells the key
    static ObjectNode remote(Target target, String key) {
        var entry = object().put("url", target.url());
        var headers = target.headers(key);
        if (!headers.isEmpty()) {
            entry.set("headers", texts(headers));
        }
        return entry;
    }

    /// The same for those that want the transport said.
    static ObjectNode typed(Target target, String key) {
        var entry = object().put("type", "http");
        entry.setAll(remote(target, key));
        return entry;
    }

    /// An entry of a client that starts a program.
    static ObjectNode started(String command, List<String> arguments, Map<String, String> environment) {
        var entry = object().put("command", command);
        arguments.forEach(entry.putArray("args")::add);
        if (!environment.isEmpty()) {
            entry.set("env", texts(environment));
        }
        return entry;
    }

    /// A file with this entry alone.
    ///
    /// @param root what the client has its servers under
    static String file(String root, Target target, ObjectNode entry) {
        var file = object();
        file.putObject(root).set(target.name(), entry);
        return text(file);
    }

    /// For people, who edit it.
    static String text(JsonNode node) {
        var printer = new DefaultPrettyPrinter(SEPARATORS)
                .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        return JSON.writer().with(printer).writeValueAsString(node);
    }

    private static ObjectNode texts(Map<String, String> values) {
        var node = object();
        values.forEach(node::put);
        return node;
    }
}
