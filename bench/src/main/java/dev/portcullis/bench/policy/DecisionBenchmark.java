package dev.portcullis.bench.policy;

import dev.portcullis.bench.Measured;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.engine.EmbeddedDecisionPoint;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

import java.util.List;
import java.util.Optional;

/// One decision by one thread: may they connect, and may this tool be called.
public class DecisionBenchmark extends Measured {
    @Param({"10", "200", "5000"})
    public int rules;

    private final PolicyInput call = Inputs.call();
    private final PolicyInput connection = Inputs.connection();
    private Optional<EmbeddedDecisionPoint> policy = Optional.empty();

    @Setup
    public void publish() {
        policy = Optional.of(EmbeddedDecisionPoint.compile(Documents.of(rules), 1, List.of(), 1));
    }

    @Benchmark
    public Decision call() {
        return policy.orElseThrow().decide(call).value();
    }

    @Benchmark
    public Decision connection() {
        return policy.orElseThrow().decide(connection).value();
    }
}
