package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.CloseButton;
import dev.portcullis.console.components.DetailSection;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.tools.VisibleText;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Everything on record about one exchange.
final class ToolCallDetail extends Div {
    private static final long serialVersionUID = 1L;

    /// @param again the same request under today's policy, where it can be asked about
    ToolCallDetail(
            ToolCall call,
            Component neighbours,
            Runnable close,
            Optional<? extends Component> again,
            Component payload) {
        addClassNames("detail-panel", "call-detail");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", "Exchange " + call.id());
        // Scrolls, and is scrolled with keys.
        getElement().setAttribute("tabindex", "0");
        add(heading(call, neighbours, close), new DetailSection("Path", new StagePath(call)), decision(call));
        again.ifPresent(this::add);
        call.latencyMicros().ifPresent(_ -> add(new DetailSection("Timing", new TimingBar(call))));
        add(request(call), caller(call), transport(call));
        call.hiddenTools().ifPresent(hidden -> add(hidden(hidden)));
        add(payload);
    }

    private static Component heading(ToolCall call, Component neighbours, Runnable close) {
        var title = new H2(VisibleText.line(ExchangeName.of(call)));
        var line = new Div(title, neighbours, new CloseButton(close));
        line.addClassName("detail-title");
        var subtitle = new Div(Outcomes.chip(call.outcome()), new Span(Moments.exact(call.occurredAt()) + " UTC"));
        subtitle.addClassName("detail-subtitle");
        return new Div(line, subtitle);
    }

    private static Component decision(ToolCall call) {
        return new DetailSection(
                "Decision",
                new Facts()
                        .fact("Decision", call.decision())
                        .fact("Rules", rules(call, call.rules(), Tone.REFUSED))
                        .fact("Only observed", rules(call, call.observedRules(), Tone.QUIET))
                        .fact("Refusal", call.refusal())
                        .fact("Policy", policy(call))
                        .fact("Decided in", call.decisionMicros().map(Moments::duration)));
    }

    private static Component request(ToolCall call) {
        return new DetailSection(
                "Request",
                new Facts()
                        .fact("Exchange", mono(call.id().toString()))
                        .fact("Stands for", call.exchanges().map("%,d exchanges"::formatted))
                        .fact("Route", call.route())
                        .fact("Method", call.method())
                        .fact("Tool", call.tool())
                        .fact("Tool class", call.toolClass())
                        .fact("Action", call.action())
                        .fact("Request id", call.requestId())
                        .fact("Era", call.era())
                        .fact("Organization", call.organization()));
    }

    private static Component caller(ToolCall call) {
        return new DetailSection(
                "Caller",
                new Facts()
                        .fact("Caller", call.caller().orElse("anonymous"))
                        .fact("Kind", call.callerKind())
                        .fact(
                                "Groups",
                                Optional.of(String.join(", ", call.callerGroups()))
                                        .filter(g -> !g.isEmpty()))
                        .fact(
                                "Client",
                                call.clientName()
                                        .map(name -> name
                                                + call.clientVersion()
                                                        .map(v -> " " + v)
                                                        .orElse("")))
                        .fact("Address", call.clientAddress())
                        .fact("Session", call.sessionHash()));
    }

    private static Component transport(ToolCall call) {
        return new DetailSection(
                "Transport",
                new Facts()
                        .fact("Replica", call.replica())
                        .fact(
                                "HTTP",
                                call.httpMethod()
                                        .map(method -> method
                                                + call.httpStatus()
                                                        .map(s -> " → " + s)
                                                        .orElse("")))
                        .fact("Upstream status", call.upstreamStatus())
                        .fact("Sizes", call.requestBytes() + " B in, " + call.responseBytes() + " B out")
                        .fact("Took", call.latencyMicros().map(Moments::duration))
                        .fact("Completed", call.completedAt().map(Moments::exact))
                        .fact("Trace", call.traceId()));
    }

    private static Component hidden(List<String> names) {
        var content = new Div();
        names.stream().map(ToolCallDetail::mono).forEach(content::add);
        if (names.isEmpty()) {
            content.add(new Text("Nothing: all that was listed was shown."));
        }
        content.addClassName("chips");
        return new DetailSection("Hidden from the list (" + names.size() + ")", content);
    }

    private static Optional<Component> policyLink(ToolCall call) {
        return call.policyVersion()
                .map(version -> new Anchor("policy?tab=history&version=" + version, "version " + version));
    }

    private static Component policy(ToolCall call) {
        return policyLink(call).orElseGet(() -> new Span("none"));
    }

    private static Component rules(ToolCall call, List<String> rules, Tone tone) {
        var chips = new Div();
        chips.addClassName("chips");
        rules.forEach(rule -> chips.add(rule(call, rule, tone)));
        if (rules.isEmpty()) {
            chips.add(new Span("none"));
        }
        return chips;
    }

    /// Leads to where the rule stands: in the version that decided, or with the kills.
    private static Component rule(ToolCall call, String rule, Tone tone) {
        var chip = new Chip(rule, tone);
        if (rule.startsWith("kill:")) {
            return new Anchor("kill-switch", chip);
        }
        return call.policyVersion()
                .filter(_ -> !rule.contains(":"))
                .<Component>map(version -> new Anchor(
                        "policy?tab=history&version=" + version + "&rule="
                                + URLEncoder.encode(rule, StandardCharsets.UTF_8),
                        chip))
                .orElse(chip);
    }

    static Span mono(String text) {
        var span = new Span(VisibleText.line(text));
        span.addClassName("mono");
        return span;
    }
}
