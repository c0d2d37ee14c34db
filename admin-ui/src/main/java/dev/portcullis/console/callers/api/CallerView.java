package dev.portcullis.console.callers.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.portcullis.console.callers.SeenCaller;

import java.util.List;
import java.util.Optional;

/// A caller; by itself, with its newest sessions.
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CallerView(@JsonUnwrapped SeenCaller caller, Optional<List<SessionView>> sessions) {}
