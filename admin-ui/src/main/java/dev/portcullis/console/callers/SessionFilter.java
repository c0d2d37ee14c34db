package dev.portcullis.console.callers;

import java.util.Optional;
import java.util.UUID;

/// Which sessions are asked for.
///
/// @param caller the id of the caller who holds them
/// @param active only those that somebody uses
public record SessionFilter(Optional<UUID> caller, Optional<String> route, boolean active) {}
