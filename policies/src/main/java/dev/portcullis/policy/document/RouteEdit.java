package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;

/// Puts a route into the text of a document, in the place of one of that name.
final class RouteEdit {
    private final EditableText text;
    private final Route route;

    private RouteEdit(EditableText text, Route route) {
        this.text = text;
        this.route = route;
    }

    static String of(String text, Route route) {
        return new RouteEdit(EditableText.of(text), route).edited();
    }

    private String edited() {
        return EditableText.entry(text.root(), "routes")
                .map(routes -> routes.getValueNode() instanceof MappingNode mapping
                        ? inRoutes(mapping)
                        : withFirstRoute(routes.getKeyNode()))
                .orElseGet(this::withRoutes);
    }

    private String inRoutes(MappingNode routes) {
        var existing = EditableText.entry(routes, route.name());
        if (existing.isPresent()) {
            return replaced(existing.get().getValueNode());
        }
        if (routes.getFlowStyle() == FlowStyle.FLOW) {
            return text.inserted(
                    text.start(routes) + 1, flowEntry() + (routes.getValue().isEmpty() ? "" : ", "));
        }
        var indent = EditableText.column(routes.getValue().getFirst().getKeyNode());
        return text.appended(routes, blockEntry(indent));
    }

    private String replaced(Node old) {
        var block = old instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK;
        return text.replaced(
                old, block ? String.join("\n" + " ".repeat(EditableText.column(old)), blockFields()) : flow());
    }

    /// There is a key `routes` with nothing behind it.
    private String withFirstRoute(Node key) {
        return text.filled(key, "\n" + blockEntry(EditableText.column(key) + 2));
    }

    private String withRoutes() {
        if (text.root().getFlowStyle() == FlowStyle.FLOW) {
            return text.inserted(text.start(text.root()) + 1, "\"routes\": {" + flowEntry() + "}, ");
        }
        var whole = text.text();
        return whole + (whole.endsWith("\n") ? "" : "\n") + "routes:\n" + blockEntry(2) + "\n";
    }

    private String flowEntry() {
        return "\"" + route.name() + "\": " + flow();
    }

    private String flow() {
        return "{\"upstream\": \"%s\", \"profile\": \"%s\", \"authentication\": \"%s\"}"
                .formatted(upstream(), route.profile(), route.authentication().wireName());
    }

    private String blockEntry(int indent) {
        var outer = " ".repeat(indent);
        var inner = "\n" + outer + "  ";
        return outer + "\"" + route.name() + "\":" + inner + String.join(inner, blockFields());
    }

    private List<String> blockFields() {
        return List.of(
                "upstream: \"" + upstream() + "\"",
                "profile: " + route.profile(),
                "authentication: " + route.authentication().wireName());
    }

    private String upstream() {
        return switch (route.upstream()) {
            case Route.Upstream.Remote remote -> remote.uri().toString();
            case Route.Upstream.Sandbox sandbox -> "sandbox";
        };
    }
}
