package dev.portcullis.proxy.catalog;

import java.time.Instant;

/// That lists had a definition which the database knows.
///
/// @param listings how many of them
record Sighting(String route, String tool, KnownDefinition definition, Instant at, long listings) {}
