package dev.portcullis.console.callers;

import java.time.OffsetDateTime;

/// A route, a piece of software or an address that a caller has used.
///
/// @param value the route's name, the software's name and version, or the address
/// @param requests how many requests had it
public record SeenFact(String value, OffsetDateTime firstSeenAt, OffsetDateTime lastSeenAt, long requests) {}
