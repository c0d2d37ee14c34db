package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.toolcalls.ToolCall;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How far a request came on its way through the gateway, and why no further: what `docs/request-path.md`
/// calls stages, read from what is on record.
final class StagePath extends OrderedList {
    private static final long serialVersionUID = 1L;
    private static final Set<String> ANSWERED = Set.of("succeeded", "tool_error", "protocol_error", "input_required");
    private static final Set<String> WITHOUT_MESSAGE = Set.of("GET", "DELETE");

    /// @param reached whether the request came there
    record Stage(String name, boolean reached) {}

    StagePath(ToolCall call) {
        addClassName("toolcalls-path");
        getElement().setAttribute("aria-label", "Path through the gateway");
        var stages = stages(call);
        var end = stages.stream().filter(Stage::reached).count();
        var passed = stages.getLast().reached();
        stages.forEach(stage -> add(step(stage)));
        if (!passed) {
            var why = new ListItem(why(call));
            why.addClassName("toolcalls-path-end");
            addComponentAtIndex((int) end, why);
        }
    }

    /// In order. A stage that was left out counts as passed when the request came further: the policy may
    /// refuse a connection before its body is read.
    static List<Stage> stages(ToolCall call) {
        var answered = ANSWERED.contains(call.outcome());
        var forwarded = answered
                || call.upstreamStatus().isPresent()
                || (call.decision().equals("allowed") && call.refusal().isEmpty());
        var decided = forwarded || !call.decision().equals("none");
        var identified =
                decided || call.method().isPresent() || call.callerKind().isPresent();
        var decoded = call.method().isPresent()
                || (identified
                        && call.httpMethod().filter(WITHOUT_MESSAGE::contains).isPresent());
        return List.of(
                new Stage("Received", true),
                new Stage("Routed", identified || isRouted(call)),
                new Stage("Identified", identified),
                new Stage("Decoded", decoded),
                new Stage("Decided", decided),
                new Stage("Forwarded", forwarded),
                new Stage("Answered", answered));
    }

    /// Records have the name that was asked for, whether or not there is such a route.
    private static boolean isRouted(ToolCall call) {
        return call.route().isPresent() && !call.refusal().equals(Optional.of("unknown_route"));
    }

    private static ListItem step(Stage stage) {
        var step = new ListItem(new Span(stage.name()));
        step.addClassName(stage.reached() ? "toolcalls-passed" : "toolcalls-not-reached");
        if (!stage.reached()) {
            var hidden = new Span(" (not reached)");
            hidden.addClassName("toolcalls-spoken");
            step.add(hidden);
        }
        return step;
    }

    private static String why(ToolCall call) {
        var reason = call.rules().isEmpty()
                ? call.refusal().map(Outcomes::label).orElse("")
                : String.join(", ", call.rules());
        return "Ended: " + Outcomes.label(call.outcome()) + (reason.isEmpty() ? "" : " by " + reason);
    }
}
