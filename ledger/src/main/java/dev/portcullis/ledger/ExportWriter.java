package dev.portcullis.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/// Writes a trail as lines of JSON, with everything that is needed to verify it elsewhere: keys, chains,
/// records, checkpoints and cuts.
public final class ExportWriter {
    private final Writer out;
    private long records;

    private ExportWriter(Writer out) {
        this.out = out;
    }

    /// @return how many records were written
    public static long write(Trail trail, Writer out) throws IOException {
        var writer = new ExportWriter(out);
        try {
            writer.line(new Statement().with("kind", "trail").with("form", ChainStart.FORM));
            trail.read(entry -> writer.line(statement(entry, writer)));
            out.flush();
            return writer.records;
        } catch (UncheckedIOException e) {
            throw new IOException("The export cannot be written: " + e.getMessage(), e);
        }
    }

    private static Statement statement(TrailEntry entry, ExportWriter writer) {
        return switch (entry) {
            case TrailEntry.Excerpt(var from, var to) ->
                new Statement().with("kind", "excerpt").with("from", from).with("to", to);
            case TrailEntry.LeftOut(var first, var last) ->
                new Statement()
                        .with("kind", "left_out")
                        .with("chain", last.chain())
                        .with("first_sequence", first)
                        .with("sequence", last.sequence())
                        .with("hash", last.hash());
            case TrailEntry.Key(var key, var owner) ->
                new Statement()
                        .with("kind", "key")
                        .with("key_id", key.keyId())
                        .with("owner", owner)
                        .with("public_key", key.der());
            case TrailEntry.Chain chain -> chain(chain);
            case TrailEntry.Begin(var chain) ->
                new Statement().with("kind", "begin").with("chain", chain);
            case TrailEntry.Entry record -> {
                writer.records++;
                yield record(record);
            }
            case TrailEntry.Signed(var checkpoint) ->
                new Statement().with("kind", "checkpoint").withRaw("checkpoint", checkpoint.json());
            case TrailEntry.Dropped(var cut) ->
                new Statement().with("kind", "cut").withRaw("cut", cut.json());
            case TrailEntry.End() -> new Statement().with("kind", "end").with("records", writer.records);
        };
    }

    private static Statement chain(TrailEntry.Chain chain) {
        var start = chain.start();
        var statement = new Statement()
                .with("kind", "chain")
                .with("chain", start.chain())
                .with("subject", start.subject().wireName())
                .with("replica", start.replica())
                .with("started_at", start.startedAt())
                .with("form", chain.form())
                .with("sequence", chain.head().sequence())
                .with("hash", chain.head().hash());
        start.predecessor()
                .ifPresent(left -> statement
                        .with("predecessor", left.chain())
                        .with("predecessor_sequence", left.sequence())
                        .with("predecessor_hash", left.hash()));
        return statement;
    }

    private static Statement record(TrailEntry.Entry record) {
        var statement = new Statement()
                .with("kind", "record")
                .with("subject", record.subject().wireName())
                .withRaw("record", record.json());
        record.link()
                .ifPresent(link -> statement
                        .with("chain", link.chain())
                        .with("sequence", link.sequence())
                        .with("hash", link.hash()));
        return statement;
    }

    private void line(Statement statement) {
        try {
            out.append(statement.json()).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
