package dev.portcullis.bench.policy;

import dev.portcullis.bench.Measured;
import dev.portcullis.policy.document.DocumentReader;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.ReadResult;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

import java.util.List;
import java.util.Optional;

/// From a text to an engine that is warmed up, for three threads that ask.
public class PublicationBenchmark extends Measured {
    private static final int EVALUATORS = 3;

    @Param({"10", "200", "5000"})
    public int rules;

    private String text = "";
    private Optional<PolicyDocument> document = Optional.empty();

    @Setup
    public void write() {
        text = Documents.text(rules);
        document = Optional.of(Documents.of(rules));
    }

    /// Reading and all its checks and warnings.
    @Benchmark
    public ReadResult read() {
        return DocumentReader.read(text);
    }

    /// Indexing, loading and warming up.
    @Benchmark
    public EmbeddedDecisionPoint compile() {
        return EmbeddedDecisionPoint.compile(document.orElseThrow(), 1, List.of(), EVALUATORS);
    }
}
