package dev.portcullis.policy.document;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// An entry of a mapping, an item of a list, or the whole document, together with the comments that go
/// where it goes.
final class Piece {
    private final Optional<Piece> parent;
    private final Optional<ScalarNode> key;
    private final Node value;
    private final Shape shape;
    private final boolean repeated;
    private final List<Piece> parts = new ArrayList<>();
    private final List<Comment> before = new ArrayList<>();
    private final List<Comment> after = new ArrayList<>();
    private Optional<Comment> beside = Optional.empty();
    private boolean apart;

    private Piece(Optional<Piece> parent, Optional<ScalarNode> key, Node value, Shape shape, Set<Node> seen) {
        this.parent = parent;
        this.key = key;
        this.value = value;
        this.shape = shape;
        this.repeated = !seen.add(value);
        if (!repeated) {
            switch (value) {
                case MappingNode mapping ->
                    mapping.getValue().forEach(tuple -> {
                        if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                            throw new IllegalArgumentException("a key that is no text");
                        }
                        parts.add(new Piece(
                                Optional.of(this),
                                Optional.of(name),
                                tuple.getValueNode(),
                                shape.under(name.getValue()),
                                seen));
                    });
                case SequenceNode sequence ->
                    sequence.getValue()
                            .forEach(item -> parts.add(
                                    new Piece(Optional.of(this), Optional.empty(), item, shape.ofItems(), seen)));
                default -> {}
            }
        }
    }

    /// A document, or a value of one, as its pieces. A node that has been there already, because an alias
    /// stands for it, has no parts.
    static Piece of(Node value, Shape shape) {
        return new Piece(
                Optional.empty(), Optional.empty(), value, shape, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    Optional<Piece> parent() {
        return parent;
    }

    Optional<ScalarNode> key() {
        return key;
    }

    /// Its key, or nothing for an item.
    String name() {
        return key.map(ScalarNode::getValue).orElse("");
    }

    Node value() {
        return value;
    }

    Shape shape() {
        return shape;
    }

    /// Whether an alias stands here.
    boolean repeated() {
        return repeated;
    }

    /// In the order of the text.
    List<Piece> parts() {
        return parts;
    }

    /// In the order of the layout.
    List<Piece> sortedParts() {
        return parts.stream()
                .sorted(Comparator.comparingInt((Piece part) ->
                        part.key().map(name -> shape.placeOf(name.getValue())).orElse(0)))
                .toList();
    }

    /// This one, then all below it, in the order of the text.
    Stream<Piece> all() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(Piece::all));
    }

    /// Whether it stands between brackets or braces of its own.
    boolean isFlow() {
        return value instanceof CollectionNode<?> collection && collection.getFlowStyle() == FlowStyle.FLOW;
    }

    boolean isWithin(Piece other) {
        return this == other || parent.map(above -> above.isWithin(other)).orElse(false);
    }

    /// Whether an empty line comes before it.
    boolean apart() {
        return apart;
    }

    void setApart(boolean apart) {
        this.apart = apart;
    }

    /// Comments on lines of their own before it.
    List<Comment> before() {
        return before;
    }

    /// The comment at the end of its first line.
    Optional<Comment> beside() {
        return beside;
    }

    /// Comments behind its last part.
    List<Comment> after() {
        return after;
    }

    /// There is room for one comment on a line.
    void putBeside(Comment comment) {
        beside.ifPresent(before::add);
        beside = Optional.of(comment);
    }

    boolean hasCommentsWithin() {
        return !after.isEmpty()
                || parts.stream()
                        .anyMatch(
                                part -> !part.before.isEmpty() || part.beside.isPresent() || part.hasCommentsWithin());
    }
}
