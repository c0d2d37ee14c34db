package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.toolcalls.ToolCall;

/// Where the time of an exchange went: to the decision, and to everything else, which is the upstream
/// mostly.
final class TimingBar extends Div {
    private static final long serialVersionUID = 1L;

    TimingBar(ToolCall call) {
        addClassName("toolcalls-timing");
        long whole = call.latencyMicros().orElse(0L);
        long deciding = Math.min(call.decisionMicros().orElse(0L), whole);
        var bar = new Div(part("toolcalls-deciding", deciding), part("toolcalls-waiting", whole - deciding));
        bar.addClassName("toolcalls-timing-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        add(bar, legend("toolcalls-deciding", "Deciding " + Moments.duration(deciding)));
        add(legend("toolcalls-waiting", "Upstream and the rest " + Moments.duration(whole - deciding)));
        add(new Span("Whole " + Moments.duration(whole)));
    }

    private static Div part(String name, long micros) {
        var part = new Div();
        part.addClassName(name);
        part.getStyle().setFlexGrow(Long.toString(micros));
        return part;
    }

    private static Span legend(String name, String text) {
        var dot = new Span();
        dot.addClassNames("toolcalls-dot", name);
        return new Span(dot, new Span(text));
    }
}
