package dev.portcullis.console.connect;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How `mcp-remote` is started, for clients that only start programs. It reads headers from `--header` alone, and
/// some clients cut arguments at spaces: so no argument has one, and a value with a space is in a variable.
final class McpRemote {
    /// The version that each release is tried with.
    static final String PACKAGE = "mcp-remote@0.15.1";

    private static final String VARIABLE = "PORTCULLIS_AUTHORIZATION";

    private McpRemote() {}

    /// On Linux, macOS, and Windows where programs are found as they are there.
    static ObjectNode entry(Target target) {
        return McpJson.started("npx", arguments(target), environment(target));
    }

    /// On Windows, where `npx` is a script.
    static ObjectNode onWindows(Target target) {
        return McpJson.started("cmd", before(List.of("/c", "npx"), arguments(target)), environment(target));
    }

    /// On Windows, with Node.js inside WSL. Variables go in only when `WSLENV` names them.
    static ObjectNode throughWsl(Target target) {
        var environment = new LinkedHashMap<>(environment(target));
        if (!environment.isEmpty()) {
            environment.put("WSLENV", VARIABLE + "/u");
        }
        return McpJson.started("wsl", before(List.of("/usr/bin/npx"), arguments(target)), environment);
    }

    static List<String> arguments(Target target) {
        var arguments = new ArrayList<>(List.of("-y", PACKAGE, target.url()));
        if (target.isPlain()) {
            arguments.add("--allow-http");
        }
        if (target.proof() == Proof.KEY) {
            arguments.addAll(List.of("--header", "Authorization:${" + VARIABLE + "}"));
        }
        target.wishes().forEach((name, value) -> arguments.addAll(List.of("--header", name + ":" + value)));
        return List.copyOf(arguments);
    }

    private static Map<String, String> environment(Target target) {
        return target.proof() == Proof.KEY ? Map.of(VARIABLE, "Bearer pck_…") : Map.of();
    }

    private static List<String> before(List<String> first, List<String> rest) {
        return Stream.concat(first.stream(), rest.stream()).toList();
    }
}
