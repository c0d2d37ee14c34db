package dev.portcullis.policy.document;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds for every comment the piece it is about: what it stands beside, what it stands before, or the
/// collection at whose end it stands with the same indentation.
final class CommentPlaces {
    private final EditableText text;
    private final Piece root;
    private final List<Piece> pieces;
    private int next = 1;

    private CommentPlaces(EditableText text, Piece root) {
        this.text = text;
        this.root = root;
        this.pieces = root.all().toList();
    }

    /// The pieces of a text, each with its comments.
    static Piece given(EditableText text) {
        var root = Piece.of(text.root(), Shape.DOCUMENT);
        var places = new CommentPlaces(text, root);
        places.pieces.stream().skip(1).forEach(piece -> piece.setApart(places.isApart(piece)));
        Comment.in(text).forEach(places::give);
        places.takeHeader();
        return root;
    }

    /// Comments at the beginning that an empty line sets apart from the first entry are about the
    /// document.
    private void takeHeader() {
        var first = root.parts().getFirst();
        var comments = first.before();
        for (int end = comments.size(); end > 0; end--) {
            if (end < comments.size() ? comments.get(end).apart() : first.apart()) {
                root.before().addAll(comments.subList(0, end));
                comments.subList(0, end).clear();
                if (comments.isEmpty()) {
                    first.setApart(false);
                } else {
                    comments.set(0, comments.getFirst().notApart());
                }
                return;
            }
        }
    }

    private boolean isApart(Piece piece) {
        var line = text.startOfLine(start(piece));
        return text.text().substring(line, start(piece)).chars().allMatch(c -> c == ' ' || c == '-')
                && Comment.isApart(text.text(), line);
    }

    /// Comments come in their order, and so do pieces.
    private void give(Comment comment) {
        while (next < pieces.size() && start(pieces.get(next)) < comment.at()) {
            next++;
        }
        var around = around(pieces.get(next - 1));
        var coming = next < pieces.size() ? Optional.of(pieces.get(next)) : Optional.<Piece>empty();
        var beside = comment.alone() ? Optional.<Piece>empty() : beside(comment, around);
        if (beside.isPresent()) {
            beside.get().putBeside(comment);
            return;
        }
        closing(comment, around, coming)
                .map(Piece::after)
                .orElseGet(() -> coming.map(Piece::before).orElseGet(root::after))
                .add(comment);
    }

    /// A piece and what it is in, the innermost first; the document itself is not among them.
    private static List<Piece> around(Piece piece) {
        return Stream.iterate(Optional.of(piece), Optional::isPresent, at -> at.flatMap(Piece::parent))
                .flatMap(Optional::stream)
                .filter(at -> at.parent().isPresent())
                .toList();
    }

    /// What ends last before the comment on its line, or begins there and goes on.
    private Optional<Piece> beside(Comment comment, List<Piece> around) {
        return around.stream()
                .filter(piece -> reach(piece, comment) >= text.startOfLine(comment.at()))
                .reduce((one, outer) -> reach(outer, comment) > reach(one, comment) ? outer : one);
    }

    /// Up to where a piece comes before a comment; -1 when it does not.
    private int reach(Piece piece, Comment comment) {
        if (end(piece) <= comment.at()) {
            return end(piece);
        }
        var key = piece.key().map(text::end).orElse(-1);
        return key <= comment.at() ? key : -1;
    }

    /// The collection whose end the comment belongs to: one that is still open between brackets, or the
    /// deepest one that has ended and is not indented further than the comment.
    private Optional<Piece> closing(Comment comment, List<Piece> around, Optional<Piece> coming) {
        var ending = around.stream()
                .filter(piece -> coming.map(next -> !next.isWithin(piece)).orElse(true))
                .toList();
        return ending.stream()
                .filter(piece -> piece.isFlow() && end(piece) > comment.at())
                .findFirst()
                .or(() -> ending.stream()
                        .filter(piece -> !piece.isFlow() && !piece.parts().isEmpty())
                        .filter(piece -> indentation(piece) <= comment.column()
                                && coming.map(next -> indentation(piece) > column(next))
                                        .orElse(true))
                        .max(Comparator.comparingInt(CommentPlaces::indentation)));
    }

    private int start(Piece piece) {
        return piece.key().map(text::start).orElseGet(() -> text.start(piece.value()));
    }

    private int end(Piece piece) {
        return piece.repeated() ? piece.key().map(text::end).orElse(-1) : text.end(piece.value());
    }

    private static int indentation(Piece collection) {
        return column(collection.parts().getFirst());
    }

    /// Of the key, or of the dash.
    private static int column(Piece piece) {
        return piece.key()
                .map(EditableText::column)
                .orElseGet(() -> piece.parent()
                        .map(list -> EditableText.column(list.value()))
                        .orElse(0));
    }
}
