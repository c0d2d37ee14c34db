package dev.portcullis.console.tools;

import dev.portcullis.policy.profile.ToolClass;

import java.util.Locale;
import java.util.Optional;

/// Which tools are asked for.
///
/// @param text what the name contains, in whatever case
/// @param awaitingReview only those that somebody has to look at
public record ToolFilter(
        Optional<String> route,
        Optional<ToolClass> toolClass,
        Optional<ToolState> state,
        Optional<String> text,
        boolean awaitingReview) {

    public ToolFilter {
        text = text.map(words -> words.strip().toLowerCase(Locale.ROOT)).filter(words -> !words.isEmpty());
    }

    public static ToolFilter none() {
        return new ToolFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public boolean accepts(ToolSummary one) {
        return accepts(one.tool(), one.standing());
    }

    boolean accepts(CataloguedTool tool, ToolStanding standing) {
        return route.map(wanted -> tool.route().equals(wanted)).orElse(true)
                && toolClass.map(wanted -> standing.toolClass() == wanted).orElse(true)
                && state.map(wanted -> standing.state() == wanted).orElse(true)
                && text.map(words -> tool.name().toLowerCase(Locale.ROOT).contains(words))
                        .orElse(true)
                && (!awaitingReview || standing.awaitsReview());
    }
}
