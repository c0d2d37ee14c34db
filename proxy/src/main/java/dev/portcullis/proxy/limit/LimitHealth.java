package dev.portcullis.proxy.limit;

import java.util.Optional;
import java.util.OptionalInt;

/// How counting calls is going at one moment.
///
/// @param isShared whether replicas count together, when nothing is in the way
/// @param trouble why they cannot at this moment
/// @param replicas how many there were when they were last counted
/// @param waiting calls that wait to pay
/// @param failures how often the shared store failed
public record LimitHealth(
        boolean isShared, Optional<String> trouble, OptionalInt replicas, int waiting, long failures) {}
