package dev.portcullis.bench.identity;

import com.nimbusds.jose.JWSAlgorithm;
import dev.portcullis.bench.Measured;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.identity.Presented;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Signed tokens: one that was seen before, and ones that were not, whose signature has to be verified
/// on another thread.
///
/// A token can be new only once, so each iteration begins with an authenticator that has seen none.
@Warmup(iterations = 25, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 50, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class TokenBenchmark extends Measured {
    @Param({"RS256", "ES256"})
    public String algorithm = "";

    /// How many tokens there are; an iteration must not use them all.
    @Param("12000")
    public int tokens;

    private Optional<KeySetServer> issuer = Optional.empty();
    private Optional<MeasuredAuthenticator> authenticator = Optional.empty();
    private Presented[] requests = new Presented[0];
    private int next;

    @Setup
    public void sign() throws IOException {
        var server = new KeySetServer();
        var chosen = JWSAlgorithm.parse(algorithm);
        issuer = Optional.of(server);
        requests = Requests.showing(Stream.generate(() -> server.token(chosen))
                .parallel()
                .limit(tokens)
                .toList());
    }

    /// The first token has been seen, and the issuer's keys are there.
    @Setup(Level.Iteration)
    public void forget() {
        var server = issuer.orElseThrow();
        var fresh = new MeasuredAuthenticator(
                new ApiKeys(Clock.systemUTC()), List.of(server.settings()), Set.of(server.authority()));
        fresh.known(requests[0]);
        authenticator = Optional.of(fresh);
        next = 0;
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        authenticator.orElseThrow().close();
    }

    @TearDown
    public void stop() {
        issuer.orElseThrow().close();
    }

    @Benchmark
    public Identification remembered() {
        return authenticator.orElseThrow().known(requests[0]);
    }

    @Benchmark
    public Identification neverSeen() {
        next++;
        if (next == requests.length) {
            throw new IllegalStateException("tokens: " + tokens + " (expected: more than an iteration uses)");
        }
        return authenticator.orElseThrow().known(requests[next]);
    }
}
