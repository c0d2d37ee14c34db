package dev.portcullis.console.evidence;

/// What an archive of a period will have, counted as far as somebody waits for.
///
/// @param policyVersions that were in force
/// @param calls all there were, of which a sample is taken
/// @param sampled at most so many calls are in the sample
/// @param refusals that were not allowed; of each decision at most a bound is taken
public record EvidenceContents(
        Bounded policyVersions,
        Bounded kills,
        Bounded adminEvents,
        Bounded calls,
        long sampled,
        Bounded refusals,
        Bounded checkpoints,
        Bounded cuts) {

    /// A number, or that there are more than that.
    public record Bounded(long count, boolean more) {}
}
