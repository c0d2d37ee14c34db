package dev.portcullis.console.connect;

import java.util.Optional;

/// What somebody wants to connect.
///
/// @param proof the route's usual one when left out
public record ConnectChoice(ConnectClient client, String route, Optional<Proof> proof, boolean isReadOnly) {}
