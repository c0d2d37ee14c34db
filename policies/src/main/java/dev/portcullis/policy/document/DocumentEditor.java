package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Changes the text of a document in one place and leaves everything else, comments and layout
/// included, as it is.
public final class DocumentEditor {
    private final String text;
    private final Route route;

    private DocumentEditor(String text, Route route) {
        this.text = text;
        this.route = route;
    }

    /// Adds a route, or replaces the one of that name.
    ///
    /// @param text a valid document, in YAML or JSON
    /// @return the changed text; it reads as the same document but for this route
    /// @throws IllegalArgumentException when the text is not a valid document, the route is not valid
    ///     in one, or the text is written in a way in which the route cannot be changed alone
    public static String withRoute(
            String text, String name, URI upstream, Route.Authentication authentication, String profile) {
        var route = new Route(name, new Route.Upstream.Remote(upstream), profile, authentication);
        var before = valid(text);
        var edited = new DocumentEditor(text, route).edited();
        var after = valid(edited);
        var expected = new LinkedHashMap<>(before.routes());
        expected.put(name, route);
        if (!after.equals(new PolicyDocument(before.organization(), expected, before.rules(), before.tools()))) {
            throw new IllegalArgumentException("route " + name + ": cannot be changed alone in this text");
        }
        return edited;
    }

    private static PolicyDocument valid(String text) {
        return switch (DocumentReader.read(text)) {
            case ReadResult.Valid valid -> valid.document();
            case ReadResult.Invalid invalid ->
                throw new IllegalArgumentException(
                        invalid.errors().stream().map(DocumentProblem::describe).collect(Collectors.joining("\n")));
        };
    }

    private String edited() {
        if (!(YamlText.parse(text) instanceof YamlText.Root(MappingNode root))) {
            throw new IllegalArgumentException("text: not a mapping");
        }
        return entry(root, "routes")
                .map(routes -> routes.getValueNode() instanceof MappingNode mapping
                        ? inRoutes(mapping)
                        : withFirstRoute(routes.getKeyNode()))
                .orElseGet(() -> withRoutes(root));
    }

    private String inRoutes(MappingNode routes) {
        var existing = entry(routes, route.name());
        if (existing.isPresent()) {
            return replaced(existing.get().getValueNode());
        }
        if (routes.getFlowStyle() == FlowStyle.FLOW) {
            return inserted(start(routes) + 1, flowEntry() + (routes.getValue().isEmpty() ? "" : ", "));
        }
        var indent = column(routes.getValue().getFirst().getKeyNode());
        return inserted(endOfLine(end(routes)), lineBreakBefore(end(routes)) + blockEntry(indent));
    }

    private String replaced(Node old) {
        var block = old instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.BLOCK;
        var replacement = block ? String.join("\n" + " ".repeat(column(old)), blockFields()) : flow();
        return text.substring(0, start(old)) + replacement + text.substring(end(old));
    }

    /// There is a key `routes` with nothing behind it.
    private String withFirstRoute(Node key) {
        var colon = text.indexOf(':', end(key));
        return inserted(colon + 1, "\n" + blockEntry(column(key) + 2));
    }

    private String withRoutes(MappingNode root) {
        if (root.getFlowStyle() == FlowStyle.FLOW) {
            return inserted(start(root) + 1, "\"routes\": {" + flowEntry() + "}, ");
        }
        return text + (text.endsWith("\n") ? "" : "\n") + "routes:\n" + blockEntry(2) + "\n";
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

    private String inserted(int at, String insertion) {
        return text.substring(0, at) + insertion + text.substring(at);
    }

    /// A node that ends a line already, such as a block text, needs no other break.
    private String lineBreakBefore(int end) {
        return endOfLine(end) > 0 && text.charAt(endOfLine(end) - 1) == '\n' ? "" : "\n";
    }

    private int endOfLine(int from) {
        var lineBreak = text.indexOf('\n', from);
        return from > 0 && text.charAt(from - 1) == '\n' ? from : lineBreak < 0 ? text.length() : lineBreak;
    }

    private static Optional<NodeTuple> entry(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key))
                .findFirst();
    }

    private int start(Node node) {
        return position(node.getStartMark());
    }

    /// Where the node's own text ends. A block collection's mark stands behind the comments that follow
    /// it.
    private int end(Node node) {
        return switch (node) {
            case MappingNode mapping
            when mapping.getFlowStyle() == FlowStyle.BLOCK ->
                end(mapping.getValue().getLast().getValueNode());
            case SequenceNode sequence
            when sequence.getFlowStyle() == FlowStyle.BLOCK ->
                end(sequence.getValue().getLast());
            default -> position(node.getEndMark());
        };
    }

    private static int column(Node node) {
        return node.getStartMark().map(Mark::getColumn).orElse(0);
    }

    /// Marks count code points.
    private int position(Optional<Mark> mark) {
        return text.offsetByCodePoints(0, mark.map(Mark::getIndex).orElse(0));
    }
}
