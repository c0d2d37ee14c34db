package dev.portcullis.console.tools.ui;

import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.tools.ToolCursor;
import dev.portcullis.console.tools.ToolFilter;
import dev.portcullis.console.tools.ToolState;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Filter and selection as they stand in the URL. What cannot be read there is left out.
///
/// @param selected route and name of the tool whose detail is open
record ToolsState(ToolFilter filter, Optional<ToolCursor> selected) {
    /// In place of a state: whatever somebody has to look at.
    static final String AWAITING = "awaiting-review";

    static ToolsState none() {
        return new ToolsState(ToolFilter.none(), Optional.empty());
    }

    static ToolsState of(QueryParameters parameters) {
        var state = parameters.getSingleParameter("state");
        return new ToolsState(
                new ToolFilter(
                        parameters.getSingleParameter("route"),
                        parameters.getSingleParameter("class").flatMap(ToolsState::toolClass),
                        state.flatMap(ToolState::named),
                        parameters.getSingleParameter("text"),
                        state.equals(Optional.of(AWAITING))),
                parameters.getSingleParameter("tool").flatMap(ToolsState::selection));
    }

    boolean isUnfiltered() {
        return filter.equals(ToolFilter.none());
    }

    /// How many filters are set, the text apart.
    int besidesText() {
        return (int) Stream.of(filter.route(), filter.toolClass(), stateName())
                .filter(Optional::isPresent)
                .count();
    }

    ToolsState with(ToolFilter other) {
        return new ToolsState(other, selected);
    }

    ToolsState select(Optional<ToolCursor> other) {
        return new ToolsState(filter, other);
    }

    /// As the filter's field of states shows it: the state's name, or [#AWAITING].
    Optional<String> stateName() {
        return filter.awaitingReview() ? Optional.of(AWAITING) : filter.state().map(ToolState::wireName);
    }

    QueryParameters asParameters() {
        var parameters = new LinkedHashMap<String, String>();
        filter.route().ifPresent(value -> parameters.put("route", value));
        filter.toolClass().ifPresent(value -> parameters.put("class", value.wireName()));
        stateName().ifPresent(value -> parameters.put("state", value));
        filter.text().ifPresent(value -> parameters.put("text", value));
        selected.ifPresent(tool -> parameters.put("tool", tool.route() + "/" + tool.name()));
        return QueryParameters.simple(Map.copyOf(parameters));
    }

    /// A route has no slash, a tool may have.
    private static Optional<ToolCursor> selection(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.of(new ToolCursor(text.substring(0, slash), text.substring(slash + 1)));
    }

    private static Optional<ToolClass> toolClass(String word) {
        return Arrays.stream(ToolClass.values())
                .filter(one -> one.wireName().equals(word))
                .findFirst();
    }
}
