package dev.portcullis.proxy.address;

import java.util.Optional;

/// What one proxy says of the request it received.
///
/// @param from who sent it, as the proxy wrote it
/// @param scheme by which it came
/// @param authority host and port that it named
record Hop(String from, Optional<String> scheme, Optional<String> authority) {}
