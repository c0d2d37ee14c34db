package dev.portcullis.console.tools;

import dev.portcullis.policy.profile.ToolClass;

import java.util.Optional;

/// Which tools are asked for.
public record ToolFilter(Optional<String> route, Optional<ToolClass> toolClass, Optional<ToolState> state) {

    boolean accepts(ToolStanding standing) {
        return toolClass.map(wanted -> standing.toolClass() == wanted).orElse(true)
                && state.map(wanted -> standing.state() == wanted).orElse(true);
    }
}
