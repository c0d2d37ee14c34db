package dev.portcullis.policy.engine;

import java.util.Optional;

/// How questions to an OPA server go.
///
/// @param givenUp whether nobody asks it at this moment, because it failed too often
/// @param inFlight how many questions are under way
/// @param trouble why the last question had no answer; absent when it had one
public record OpaHealth(boolean givenUp, int inFlight, Optional<String> trouble) {}
