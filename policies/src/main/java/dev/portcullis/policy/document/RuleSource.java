package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One rule as it is written, comments included: where it stands in the text of a document, and what the text
/// is after it was written anew or moved.
///
/// Like [RuleEditor], every method takes a valid document, checks that its answer says what was wanted and
/// nothing else, and throws an [IllegalArgumentException] when the text is written so that this cannot be.
public final class RuleSource {
    private final EditableText text;
    private final SequenceNode list;

    private RuleSource(String text) {
        this.text = EditableText.of(text);
        this.list = EditableText.entry(this.text.root(), "rules")
                .map(entry -> entry.getValueNode())
                .filter(SequenceNode.class::isInstance)
                .map(SequenceNode.class::cast)
                .orElseThrow(() -> new IllegalArgumentException("rules: there are none in this text"));
    }

    /// The line, from 1, at which a rule begins; empty when there is no such rule.
    public static OptionalInt line(String text, String id) {
        if (!(DocumentReader.read(text) instanceof ReadResult.Valid(var document, var _))) {
            return OptionalInt.empty();
        }
        return IntStream.range(0, document.rules().size())
                .filter(index -> document.rules().get(index).id().equals(id))
                .map(index -> new RuleSource(text)
                                .item(index)
                                .getStartMark()
                                .orElseThrow()
                                .getLine()
                        + 1)
                .findFirst();
    }

    /// A rule's own text, beginning at the left margin.
    public static String of(String text, String id) {
        var index = RuleEditor.existing(EditableText.valid(text).rules(), id);
        return new RuleSource(text).fragment(index);
    }

    /// Writes a rule anew; its id may be another one.
    ///
    /// @param fragment as [#of] gives it
    public static String replaced(String text, String id, String fragment) {
        var before = EditableText.valid(text);
        var index = RuleEditor.existing(before.rules(), id);
        var rule = rule(fragment);
        var source = new RuleSource(text);
        if (!source.isBlock(index)) {
            return RuleEditor.withRule(text, id, rule);
        }
        var rules = new ArrayList<>(before.rules());
        rules.set(index, rule);
        return checked(source.written(index, fragment), before, rules, id);
    }

    /// Adds a rule at the end.
    public static String added(String text, String fragment) {
        var rule = rule(fragment);
        if (EditableText.valid(text).rules().stream()
                .anyMatch(other -> other.id().equals(rule.id()))) {
            throw new IllegalArgumentException("rule " + rule.id() + ": there is one of this id already");
        }
        return replaced(RuleEditor.withRule(text, rule), rule.id(), fragment);
    }

    /// Moves a rule, with the comments right before it, past so many others; as far as there are any.
    ///
    /// @param steps down, or up when negative
    public static String moved(String text, String id, int steps) {
        var before = EditableText.valid(text);
        var from = RuleEditor.existing(before.rules(), id);
        var to = Math.clamp(from + (long) steps, 0, before.rules().size() - 1);
        if (from == to) {
            return text;
        }
        var rules = new ArrayList<>(before.rules());
        var taken = rules.remove(from);
        rules.add(to, taken);
        return checked(new RuleSource(text).reordered(from, to), before, rules, id);
    }

    private record Span(int start, int end) {}

    private static Rule rule(String fragment) {
        return switch (new RuleFragment(fragment).read()) {
            case ReadResult.Valid(var document, var _) -> document.rules().getFirst();
            case ReadResult.Invalid(var _, var errors) ->
                throw new IllegalArgumentException(
                        errors.stream().map(DocumentProblem::describe).collect(Collectors.joining("\n")));
        };
    }

    private static String checked(String edited, PolicyDocument before, List<Rule> rules, String id) {
        var expected = new PolicyDocument(before.organization(), before.routes(), rules, before.tools());
        if (!(DocumentReader.read(edited) instanceof ReadResult.Valid(var after, var _)) || !after.equals(expected)) {
            throw cannot(id);
        }
        return edited;
    }

    private static IllegalArgumentException cannot(String id) {
        return new IllegalArgumentException("rule " + id + ": cannot be changed alone in this text");
    }

    private Node item(int index) {
        return list.getValue().get(index);
    }

    /// Whether it has lines of its own.
    private boolean isBlock(int index) {
        return list.getFlowStyle() == FlowStyle.BLOCK
                && item(index) instanceof MappingNode mapping
                && mapping.getFlowStyle() == FlowStyle.BLOCK;
    }

    private String fragment(int index) {
        if (!isBlock(index)) {
            return YamlLayout.document(Piece.of(item(index), Shape.RULE), YamlLayout.BlockText.NONE);
        }
        var column = EditableText.column(item(index));
        var raw = text.text().substring(text.start(item(index)), span(index).end());
        var lines = raw.lines().toList();
        return IntStream.range(0, lines.size())
                .mapToObj(at -> at == 0 ? lines.get(at) : withoutIndent(lines.get(at), column))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String withoutIndent(String line, int column) {
        var spaces = (int) line.chars().takeWhile(c -> c == ' ').count();
        return line.substring(Math.min(spaces, column));
    }

    private String written(int index, String fragment) {
        var indented = indented(fragment, EditableText.column(item(index)));
        return text.replaced(text.start(item(index)), span(index).end(), indented);
    }

    /// Every line but the first.
    static String indented(String fragment, int column) {
        return fragment.stripTrailing()
                .lines()
                .map(line -> line.isBlank() ? "" : " ".repeat(column) + line)
                .collect(Collectors.joining("\n"))
                .stripLeading();
    }

    private String reordered(int from, int to) {
        var spans =
                IntStream.range(0, list.getValue().size()).mapToObj(this::span).toList();
        var order = new ArrayList<>(spans);
        var taken = order.remove(from);
        order.add(to, taken);
        var first = Math.min(from, to);
        var last = Math.max(from, to);
        var moved = new StringBuilder();
        for (var place = first; place <= last; place++) {
            var span = order.get(place);
            moved.append(text.text(), span.start(), span.end());
            if (place < last) {
                moved.append(between(spans.get(place), spans.get(place + 1)));
            }
        }
        return text.replaced(spans.get(first).start(), spans.get(last).end(), moved.toString());
    }

    /// An alias stands where its anchor does.
    private String between(Span one, Span next) {
        if (one.end() > next.start()) {
            throw new IllegalArgumentException("rules: an alias stands for one of them");
        }
        return text.text().substring(one.end(), next.start());
    }

    /// What goes where the rule goes: the comments on the lines before its dash, and those that are indented behind
    /// it.
    private Span span(int index) {
        var start = text.start(item(index));
        var end = text.end(item(index));
        if (list.getFlowStyle() == FlowStyle.FLOW) {
            return new Span(start, end);
        }
        var column = EditableText.column(list);
        var first = text.startOfLine(new SequenceEdit(text, list, Shape.RULES).dash(start));
        while (first > 0 && isComment(text.startOfLine(first - 1), 0, column)) {
            first = text.startOfLine(first - 1);
        }
        var last = text.endsLine(end) ? end - 1 : text.endOfLine(end);
        while (last < text.text().length() && isComment(last + 1, column + 1, Integer.MAX_VALUE)) {
            last = text.endOfLine(last + 2);
        }
        return new Span(first, last);
    }

    private boolean isComment(int line, int least, int most) {
        var end = text.text().indexOf('\n', line);
        var whole = text.text()
                .substring(
                        Math.min(line, text.text().length()),
                        end < 0 ? text.text().length() : end);
        var words = whole.stripLeading();
        var indent = whole.length() - words.length();
        return words.startsWith("#") && indent >= least && indent <= most;
    }
}
