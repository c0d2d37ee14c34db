package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.DetailSection;
import dev.portcullis.console.toolcalls.Revelation;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallService;
import tools.jackson.databind.JsonNode;

import java.util.Optional;

/// What the caller has sent and was answered: out of sight until an auditor says why they want to see it.
final class PayloadSection extends Div {
    private static final long serialVersionUID = 1L;

    private final transient ToolCallService calls;
    private final transient Actor actor;
    private final transient ToolCall call;

    PayloadSection(ToolCallService calls, Actor actor, ToolCall call) {
        this.calls = calls;
        this.actor = actor;
        this.call = call;
        if (actor.isAuditor()) {
            var reveal = new Button("Reveal…", VaadinIcon.EYE.create(), _ -> new RevealDialog(this::reveal).open());
            add(new DetailSection(
                    "Arguments and result", new Div(new Text("Out of sight. Looking is recorded. "), reveal)));
        } else {
            add(new DetailSection("Arguments and result", new Div(new Text("Only auditors can see them."))));
        }
    }

    private void reveal(String reason) {
        calls.reveal(call.id(), new Revelation(actor.name(), Optional.of(reason)))
                .ifPresent(this::show);
    }

    private void show(ToolCall revealed) {
        removeAll();
        var arguments = json(revealed.arguments());
        revealed.argumentsDigest().map(ToolCallDetail::mono).ifPresent(arguments::add);
        add(new DetailSection("Arguments (redacted)", arguments));
        revealed.result().ifPresent(result -> add(new DetailSection("Result (redacted)", json(Optional.of(result)))));
    }

    private static Div json(Optional<JsonNode> json) {
        var content = new Div();
        json.map(JsonNode::toPrettyString)
                .ifPresentOrElse(text -> content.add(new Pre(text)), () -> content.add(new Text("None on record.")));
        content.addClassName("arguments");
        return content;
    }
}
