package dev.portcullis.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// The trail in a file that [ExportWriter] wrote, read line by line.
public final class ExportTrail implements Trail {
    /// More than any record may have.
    private static final int LONGEST_LINE = 1 << 27;

    private final String name;
    private final Source source;
    private final int longest;

    /// Where the lines are.
    public interface Source {
        BufferedReader open() throws IOException;
    }

    public ExportTrail(Path file) {
        this(file.toString(), () -> Files.newBufferedReader(file));
    }

    /// @param name how it is called in errors
    public ExportTrail(String name, Source source) {
        this(name, source, LONGEST_LINE);
    }

    /// @param longest characters of a line
    ExportTrail(String name, Source source, int longest) {
        this.name = name;
        this.source = source;
        this.longest = longest;
    }

    @Override
    public void read(Consumer<TrailEntry> reader) throws IOException {
        long number = 0;
        try (var in = source.open()) {
            var lines = new BoundedLines(in, longest);
            while (true) {
                number++;
                var line = lines.next();
                if (line == null) {
                    return;
                }
                var entry = entry(line);
                if (entry.isEmpty() && number > 1) {
                    throw new IllegalArgumentException("another trail begins here");
                }
                entry.ifPresent(reader);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(name + ", line " + number + " is damaged: " + e.getMessage(), e);
        }
    }

    /// Empty for the line that says what this is.
    private static Optional<TrailEntry> entry(String line) {
        var members = Members.of(line);
        return switch (members.text("kind")) {
            case "trail" -> {
                if (!members.text("form").equals(ChainStart.FORM)) {
                    throw new IllegalArgumentException(
                            "form: " + members.text("form") + " (expected: " + ChainStart.FORM + ")");
                }
                yield Optional.empty();
            }
            case "excerpt" -> Optional.of(new TrailEntry.Excerpt(members.time("from"), members.time("to")));
            case "left_out" -> Optional.of(new TrailEntry.LeftOut(members.number("first_sequence"), link(members)));
            case "key" ->
                Optional.of(new TrailEntry.Key(VerificationKey.of(members.bytes("public_key")), members.text("owner")));
            case "chain" -> Optional.of(chain(members));
            case "begin" -> Optional.of(new TrailEntry.Begin(members.uuid("chain")));
            case "record" -> Optional.of(record(members));
            case "checkpoint" -> Optional.of(new TrailEntry.Signed(Checkpoint.read(members.raw("checkpoint"))));
            case "cut" -> Optional.of(new TrailEntry.Dropped(Cut.read(members.raw("cut"))));
            case "end" -> Optional.of(new TrailEntry.End());
            default -> throw new IllegalArgumentException("kind: " + members.text("kind") + " (expected: record, …)");
        };
    }

    private static TrailEntry chain(Members members) {
        var predecessor = members.has("predecessor")
                ? Optional.of(new Link(
                        members.uuid("predecessor"),
                        members.number("predecessor_sequence"),
                        members.bytes("predecessor_hash")))
                : Optional.<Link>empty();
        return new TrailEntry.Chain(
                new ChainStart(
                        members.uuid("chain"),
                        Subject.of(members.text("subject")),
                        members.text("replica"),
                        members.time("started_at"),
                        predecessor),
                members.text("form"),
                link(members));
    }

    private static TrailEntry record(Members members) {
        var json = members.raw("record");
        var fields = Members.of(json);
        return new TrailEntry.Entry(
                Subject.of(members.text("subject")),
                members.has("chain") ? Optional.of(link(members)) : Optional.empty(),
                fields.has("id") ? fields.text("id") : "",
                fields.has("occurred_at") ? fields.time("occurred_at") : Instant.EPOCH,
                fields.has("replica") ? fields.text("replica") : "",
                json);
    }

    private static Link link(Members members) {
        return new Link(members.uuid("chain"), members.number("sequence"), members.bytes("hash"));
    }
}
