package dev.portcullis.proxy.limit;

import java.time.Duration;

/// A claim whose bucket has no token left.
///
/// @param untilNext how long until it has one again, if nobody else is faster
public record Empty(Claim claim, Duration untilNext) {}
