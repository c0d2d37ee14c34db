package dev.portcullis.proxy.scenario;

import static dev.portcullis.proxy.scenario.Fields.map;
import static dev.portcullis.proxy.scenario.Fields.merged;

import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The era in which a scenario is played: writes one JSON-RPC call the way a client of that era sends
/// it, so that a case that holds in both is written once.
enum ScenarioEra {
    /// As the file says, word for word.
    AS_WRITTEN,
    LEGACY,
    MODERN;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MODERN_VERSION = "2026-07-28";
    private static final String LEGACY_VERSION = "2025-11-25";
    private static final String PREFIX = "io.modelcontextprotocol/";

    /// The eras of a scenario: those of its key `eras`.
    static List<ScenarioEra> of(Map<String, ?> scenario) {
        var named = Fields.several(scenario.get("eras"));
        return named.isEmpty()
                ? List.of(AS_WRITTEN)
                : named.stream()
                        .map(name -> valueOf(String.valueOf(name).toUpperCase(java.util.Locale.ROOT)))
                        .toList();
    }

    /// What stands behind the name of a case.
    String suffix() {
        return this == AS_WRITTEN ? "" : " (" + name().toLowerCase(java.util.Locale.ROOT) + ")";
    }

    /// A request with a `call` (method, params, id, capabilities) as one with a body, and one with
    /// `mirrors` (method, name) as one with headers. In a body, `${meta}` stands for the `_meta` of the
    /// era, with a comma in front.
    Map<String, ?> written(Map<String, ?> when) {
        if (this == AS_WRITTEN) {
            return when;
        }
        var written = new LinkedHashMap<String, Object>(when);
        if (when.containsKey("call")) {
            written.put("body", body(map(when.get("call"))));
        } else if (when.get("body") instanceof String body) {
            written.put(
                    "body",
                    body.replace(
                            "${meta}",
                            this == MODERN ? ",\"_meta\":" + JSON.writeValueAsString(meta(Map.of(), Map.of())) : ""));
        }
        written.put("headers", merged(headers(when), map(when.get("headers"))));
        return written;
    }

    /// What is expected, with what is said for this era alone.
    Map<String, ?> expected(Map<String, ?> then) {
        return this == AS_WRITTEN ? then : merged(then, map(then.get(name().toLowerCase(java.util.Locale.ROOT))));
    }

    private String body(Map<String, ?> call) {
        var message = new LinkedHashMap<String, Object>();
        message.put("jsonrpc", "2.0");
        if (!call.containsKey("id")) {
            message.put("id", 1);
        } else if (call.get("id") != null) {
            message.put("id", call.get("id"));
        }
        message.put("method", call.get("method"));
        var params = new LinkedHashMap<String, Object>(map(call.get("params")));
        if (this == MODERN) {
            params.put("_meta", meta(map(params.get("_meta")), capabilities(call)));
        }
        message.put("params", params);
        return JSON.writeValueAsString(message);
    }

    /// What the client declares: as the case says, or else the extension that the method belongs to.
    private static Map<String, ?> capabilities(Map<String, ?> call) {
        return call.containsKey("capabilities")
                        || !String.valueOf(call.get("method")).startsWith("tasks/")
                ? map(call.get("capabilities"))
                : Map.of("extensions", Map.of(PREFIX + "tasks", Map.of()));
    }

    private static Map<String, ?> meta(Map<String, ?> own, Map<String, ?> capabilities) {
        return merged(
                Map.of(PREFIX + "protocolVersion", MODERN_VERSION, PREFIX + "clientCapabilities", capabilities), own);
    }

    private Map<String, ?> headers(Map<String, ?> when) {
        var headers = new LinkedHashMap<String, Object>();
        headers.put("MCP-Protocol-Version", this == MODERN ? MODERN_VERSION : LEGACY_VERSION);
        if (this == MODERN) {
            mirrored(when).forEach(headers::put);
        }
        return headers;
    }

    private static Map<String, ?> mirrored(Map<String, ?> when) {
        var mirrored = new LinkedHashMap<String, Object>();
        if (when.get("mirrors") instanceof List<?> mirrors) {
            mirrored.put("Mcp-Method", mirrors.getFirst());
            mirrors.stream().skip(1).forEach(name -> mirrored.put("Mcp-Name", name));
            return mirrored;
        }
        var call = map(when.get("call"));
        Optional.ofNullable(call.get("method")).ifPresent(method -> mirrored.put("Mcp-Method", method));
        var params = map(call.get("params"));
        for (var key : List.of("name", "uri", "taskId")) {
            if (params.get(key) instanceof String name) {
                mirrored.put("Mcp-Name", name);
            }
        }
        return mirrored;
    }
}
