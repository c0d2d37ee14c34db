package dev.portcullis.policy.engine;

import dev.portcullis.policy.PolicyInput;
import dev.portcullis.policy.document.PolicyDocument;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/// A few of the questions that were answered lately, with which the next policy is tried out and warmed
/// up before it is put in force.
///
/// Keeps one question in [#EVERY], in a random one of [#PLACES] places. For all threads; nothing waits.
public final class RecentInputs {
    private static final int PLACES = 64;
    private static final int EVERY = 64;

    private final AtomicReferenceArray<PolicyInput> places = new AtomicReferenceArray<>(PLACES);
    private final int every;

    public RecentInputs() {
        this(EVERY);
    }

    RecentInputs(int every) {
        this.every = every;
    }

    void answered(PolicyInput input) {
        var random = ThreadLocalRandom.current();
        if (random.nextInt(every) == 0) {
            places.set(random.nextInt(PLACES), input);
        }
    }

    /// Those about routes that the document still has.
    List<PolicyInput> about(PolicyDocument document) {
        return IntStream.range(0, PLACES)
                .mapToObj(places::get)
                .filter(Objects::nonNull)
                .filter(input -> document.routes().containsKey(input.route()))
                .toList();
    }
}
