package dev.portcullis.policy.engine;

import dev.portcullis.policy.HiddenUrls;
import dev.portcullis.policy.HiddenValue;
import dev.portcullis.policy.KeptArguments;
import dev.portcullis.policy.ValueDigests;
import dev.portcullis.policy.document.DomainName;
import dev.portcullis.policy.document.PolicyDocument;
import dev.portcullis.policy.document.Rule;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps of a call's arguments what rules need of the values that its record hides.
///
/// Costs next to nothing where nothing is hidden, and else a reading of the arguments. What it keeps is
/// bounded; what has no place in it counts as unknown. Safe for all threads.
public final class ArgumentKeeper {
    private static final int MOST_VALUES = 64;
    private static final int MOST_CHARACTERS = 4_096;
    private static final int MOST_HOSTS = 32;
    private static final int MOST_TESTS = 64;

    private final ValueDigests digests;
    private volatile Tests latest =
            new Tests(Optional.empty(), ArgumentTests.builder().build());

    public ArgumentKeeper(ValueDigests digests) {
        this.digests = digests;
    }

    /// The tests of a document, which are the same for many calls.
    private record Tests(Optional<PolicyDocument> document, ArgumentTests tests) {}

    /// @param document the document in force, whose tests of hidden values are noted
    /// @param argumentsJson the arguments as they are
    /// @param keptJson the same without what is hidden
    public KeptArguments keep(
            PolicyDocument document, String argumentsJson, String keptJson, List<HiddenValue> hidden) {
        if (hidden.isEmpty()) {
            return KeptArguments.whole(keptJson);
        }
        var kept = new KeptArguments(
                keptJson, bounded(hidden), urls(argumentsJson, keptJson), Map.of(), Optional.of(digests));
        return new KeptArguments(
                keptJson, kept.hidden(), kept.urls(), noted(tests(document), argumentsJson, kept), kept.digests());
    }

    /// Keeps nothing of the values but where they stood.
    public KeptArguments forget(String keptJson, List<HiddenValue> hidden) {
        return new KeptArguments(
                keptJson,
                bounded(hidden),
                new HiddenUrls(true, false, false, List.of()),
                Map.of(),
                Optional.of(digests));
    }

    private static List<HiddenValue> bounded(List<HiddenValue> hidden) {
        var characters = hidden.stream().mapToInt(value -> value.at().length()).sum();
        return hidden.size() > MOST_VALUES || characters > MOST_CHARACTERS ? List.of(HiddenValue.EVERYTHING) : hidden;
    }

    private HiddenUrls urls(String argumentsJson, String keptJson) {
        var real = ReachedDomains.inArguments(argumentsJson);
        var kept = ReachedDomains.inArguments(keptJson);
        if (!real.certain()) {
            return new HiddenUrls(false, true, true, List.of());
        }
        var isKept = new HashSet<>(real.domains()).containsAll(kept.domains());
        var unkept = real.domains().stream()
                .filter(domain -> !isKept || !kept.domains().contains(domain))
                .map(this::digestsOf)
                .toList();
        return unkept.size() > MOST_HOSTS
                ? new HiddenUrls(true, isKept, false, List.of())
                : new HiddenUrls(true, isKept, true, unkept);
    }

    private List<String> digestsOf(DomainName domain) {
        return Stream.concat(Stream.of(domain.name()), domain.parents().stream())
                .map(digests::ofHost)
                .toList();
    }

    /// The tests that could not be answered from what is kept.
    private static Map<String, Boolean> noted(ArgumentTests tests, String argumentsJson, KeptArguments kept) {
        if (!tests.any()) {
            return Map.of();
        }
        try {
            var open = new HashSet<>(tests.holding(kept, CallArguments.Doubt.HOLDS));
            tests.holding(kept, CallArguments.Doubt.FAILS).forEach(open::remove);
            if (open.isEmpty()) {
                return Map.of();
            }
            var holding = new HashSet<>(tests.holding(argumentsJson));
            var noted = new LinkedHashMap<String, Boolean>();
            var room = MOST_CHARACTERS;
            for (var test : open.stream().sorted().limit(MOST_TESTS).toList()) {
                room -= test.length();
                if (room >= 0 && test.indexOf(0) < 0) {
                    noted.put(test, holding.contains(test));
                }
            }
            return noted;
        } catch (NoAnswer notReadable) {
            return Map.of();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a document in force is replaced, never changed
    private ArgumentTests tests(PolicyDocument document) {
        var known = latest;
        if (known.document().isPresent() && known.document().get() == document) {
            return known.tests();
        }
        var tests = ArgumentTests.builder();
        document.rules().stream()
                .map(Rule::match)
                .forEach(match -> match.arguments().ifPresent(tests::matching));
        document.rules().stream()
                .flatMap(rule -> rule.except().stream())
                .forEach(except -> except.arguments().ifPresent(tests::excepting));
        var built = tests.build();
        latest = new Tests(Optional.of(document), built);
        return built;
    }
}
