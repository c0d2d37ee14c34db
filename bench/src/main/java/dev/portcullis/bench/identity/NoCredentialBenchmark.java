package dev.portcullis.bench.identity;

import dev.portcullis.bench.Measured;
import dev.portcullis.proxy.identity.ApiKeys;
import dev.portcullis.proxy.identity.Identification;
import dev.portcullis.proxy.identity.Presented;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// A client's first request, which shows nothing and is sent to sign in.
public class NoCredentialBenchmark extends Measured {
    private final MeasuredAuthenticator authenticator =
            new MeasuredAuthenticator(new ApiKeys(Clock.systemUTC()), List.of(), Set.of());
    private final Presented request = Requests.showingNothing();

    @TearDown
    public void stop() throws IOException {
        authenticator.close();
    }

    @Benchmark
    public Identification nothingShown() {
        return authenticator.unknown(request);
    }
}
