package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of one rule while somebody works on it. It need not be valid; every change of one entry leaves the
/// others, and all comments, as they are.
///
/// A path is a key of a rule, or a key and one inside it. Changes throw an [IllegalArgumentException] when the
/// text is not a mapping.
public record RuleFragment(String text) {
    private static final String HEAD = "apiVersion: portcullis/v1\norganization: x\nrules:\n";
    private static final int LINES_BEFORE = 3;
    private static final int INDENT = 4;
    private static final String PLACE = "/rules/0";

    /// The text as the only rule of a document; lines of problems count from the document's first.
    ReadResult read() {
        return DocumentReader.read(HEAD + "  - " + RuleSource.indented(text, INDENT) + "\n");
    }

    /// What it says; empty when there is something wrong with it.
    public Optional<Rule> rule() {
        return read() instanceof ReadResult.Valid(var document, var _)
                ? document.rules().stream().findFirst()
                : Optional.empty();
    }

    /// Everything wrong with it, with places in this text.
    public List<DocumentProblem> problems() {
        return read() instanceof ReadResult.Invalid(var _, var errors)
                ? errors.stream().map(RuleFragment::inFragment).toList()
                : List.of();
    }

    /// Whether it can be changed by its keys.
    public boolean isMapping() {
        return YamlText.parse(text) instanceof YamlText.Root(MappingNode _);
    }

    /// The restriction that it has first.
    public Optional<String> restriction() {
        return RuleReader.RESTRICTIONS.stream()
                .filter(key -> node(List.of(key)).isPresent())
                .findFirst();
    }

    /// A text or a number; empty when it is absent, or something else.
    public Optional<String> value(List<String> path) {
        return node(path).filter(ScalarNode.class::isInstance).map(node -> ((ScalarNode) node).getValue());
    }

    /// A list's texts; empty when it is absent, or something else.
    public List<String> values(List<String> path) {
        return node(path)
                .filter(SequenceNode.class::isInstance)
                .map(node -> ((SequenceNode) node).getValue())
                .orElse(List.of())
                .stream()
                .filter(ScalarNode.class::isInstance)
                .map(item -> ((ScalarNode) item).getValue())
                .toList();
    }

    public RuleFragment with(List<String> path, String value) {
        return put(path, RuleNodes.text(value));
    }

    public RuleFragment with(List<String> path, List<String> values) {
        return put(path, list(values));
    }

    public RuleFragment with(List<String> path, long number) {
        return put(path, RuleNodes.scalar(Tag.INT, Long.toString(number)));
    }

    public RuleFragment withFlag(String key) {
        return put(List.of(key), RuleNodes.flag(true));
    }

    /// Without an entry; a mapping that had nothing else goes with it.
    public RuleFragment without(List<String> path) {
        if (node(path).isEmpty()) {
            return this;
        }
        var editable = EditableText.of(text);
        var inner = inner(editable, path);
        if (inner.isPresent() && inner.get().getValue().size() > 1) {
            return new RuleFragment(edit(editable, inner.get(), path).without(path.getLast()));
        }
        return editable.root().getValue().size() == 1
                ? this
                : new RuleFragment(new MappingEdit(editable, editable.root(), Shape.RULE).without(path.getFirst()));
    }

    /// With this restriction and no other.
    ///
    /// @param change adds it
    public RuleFragment withOnly(String restriction, java.util.function.UnaryOperator<RuleFragment> change) {
        var changed = change.apply(this);
        for (var key : RuleReader.RESTRICTIONS) {
            changed = key.equals(restriction) ? changed : changed.without(List.of(key));
        }
        return changed;
    }

    private RuleFragment put(List<String> path, Node value) {
        var editable = EditableText.of(text);
        var inner = inner(editable, path);
        if (inner.isPresent()) {
            return new RuleFragment(edit(editable, inner.get(), path).with(path.getLast(), value));
        }
        var whole = path.size() == 1 ? value : RuleNodes.mapping(Map.of(path.getLast(), value));
        return new RuleFragment(new MappingEdit(editable, editable.root(), Shape.RULE).with(path.getFirst(), whole));
    }

    private static MappingEdit edit(EditableText text, MappingNode inner, List<String> path) {
        return new MappingEdit(text, inner, Shape.RULE.under(path.getFirst()));
    }

    private static Optional<MappingNode> inner(EditableText text, List<String> path) {
        return path.size() == 1
                ? Optional.empty()
                : EditableText.entry(text.root(), path.getFirst())
                        .map(entry -> entry.getValueNode())
                        .filter(node -> node instanceof MappingNode mapping
                                && !mapping.getValue().isEmpty())
                        .map(MappingNode.class::cast);
    }

    private Optional<Node> node(List<String> path) {
        if (!(YamlText.parse(text) instanceof YamlText.Root(MappingNode root))) {
            return Optional.empty();
        }
        var node = Optional.<Node>of(root);
        for (var key : path) {
            node = node.filter(MappingNode.class::isInstance)
                    .flatMap(mapping -> EditableText.entry((MappingNode) mapping, key))
                    .map(entry -> entry.getValueNode());
        }
        return node;
    }

    private static DocumentProblem inFragment(DocumentProblem problem) {
        return new DocumentProblem(
                problem.path().startsWith(PLACE) ? problem.path().substring(PLACE.length()) : problem.path(),
                Math.max(problem.line() - LINES_BEFORE, 0),
                problem.value(),
                problem.expected(),
                problem.suggestion());
    }

    private static Node list(List<String> values) {
        return new SequenceNode(Tag.SEQ, values.stream().map(RuleNodes::text).toList(), FlowStyle.AUTO);
    }
}
