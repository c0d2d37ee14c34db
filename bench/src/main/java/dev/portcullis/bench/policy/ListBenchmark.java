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

/// Which tools of a page of `tools/list` may be seen.
public class ListBenchmark extends Measured {
    @Param({"10", "200", "5000"})
    public int rules;

    @Param({"50", "500"})
    public int tools;

    private Optional<EmbeddedDecisionPoint> policy = Optional.empty();
    private Optional<PolicyInput> page = Optional.empty();

    @Setup
    public void publish() {
        policy = Optional.of(EmbeddedDecisionPoint.compile(Documents.of(rules), 1, List.of(), 1));
        page = Optional.of(Inputs.list(tools));
    }

    @Benchmark
    public Decision filter() {
        return policy.orElseThrow().decide(page.orElseThrow()).value();
    }
}
