package dev.portcullis.bench.identity;

import dev.portcullis.bench.Measured;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.identity.Presented;
import dev.portcullis.secrets.ApiKey;
import dev.portcullis.secrets.KeyHasher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// API keys: good ones, and two kinds of wrong ones whose times must not differ, or else they would tell
/// which prefixes exist.
public class ApiKeyBenchmark extends Measured {
    /// How many different requests take turns.
    private static final int SHOWN = 1024;

    private static final int PREFIX_END = ApiKey.MARK.length() + 12;

    /// How many keys the gateway knows.
    @Param({"1000", "100000"})
    public int known;

    private Optional<MeasuredAuthenticator> authenticator = Optional.empty();
    private Presented[] requests = new Presented[0];
    private int next;

    /// Makes the keys, and the requests of the benchmark that is about to run.
    @Setup
    public void start(BenchmarkParams benchmark) {
        var hasher = new KeyHasher(KeyHasher.newKey());
        var all = Stream.generate(ApiKey::generate).limit(known).toList();
        var keys = new ApiKeys(Clock.systemUTC());
        keys.replace(
                Optional.of(hasher), all.stream().map(key -> entry(key, hasher)).toList());
        authenticator = Optional.of(new MeasuredAuthenticator(keys, List.of(), Set.of()));
        requests = Requests.showing(shown(benchmark.getBenchmark(), all));
    }

    @TearDown
    public void stop() throws IOException {
        authenticator.orElseThrow().close();
    }

    /// A key that is good.
    @Benchmark
    public Identification right() {
        return authenticator.orElseThrow().known(request());
    }

    /// The prefix of a key that is good, with another secret.
    @Benchmark
    public Identification wrongSecret() {
        return authenticator.orElseThrow().unknown(request());
    }

    /// A key with a prefix that no key has.
    @Benchmark
    public Identification unknownPrefix() {
        return authenticator.orElseThrow().unknown(request());
    }

    private static List<String> shown(String benchmark, List<ApiKey> known) {
        var random = new Random(1);
        return IntStream.range(0, SHOWN)
                .mapToObj(any -> {
                    var one = known.get(random.nextInt(known.size())).reveal();
                    var other = ApiKey.generate().reveal();
                    if (benchmark.endsWith(".right")) {
                        return one;
                    }
                    return benchmark.endsWith(".wrongSecret")
                            ? one.substring(0, PREFIX_END) + other.substring(PREFIX_END)
                            : other;
                })
                .toList();
    }

    private Presented request() {
        next = (next + 1) % SHOWN;
        return requests[next];
    }

    private static ApiKeys.Entry entry(ApiKey key, KeyHasher hasher) {
        var id = UUID.randomUUID();
        return new ApiKeys.Entry(
                id,
                "key-" + id,
                key.prefix(),
                hasher.hash(key),
                Optional.of(Set.of("port-eu")),
                List.of("developers"),
                List.of(),
                Optional.empty());
    }
}
