package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.callers.SeenCaller;
import dev.portcullis.console.callers.SeenFact;
import dev.portcullis.console.callers.SeenSession;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.CloseButton;
import dev.portcullis.console.components.DetailSection;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.tools.VisibleText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One caller: who it is, what it uses from where, its sessions, and what can be taken back.
final class CallerPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SeenCaller caller;
    private final transient Instant now;
    private final transient Optional<CallerActions> actions;

    /// @param actions empty for who may only look
    CallerPanel(
            SeenCaller caller,
            List<SeenSession> sessions,
            Instant now,
            Optional<CallerActions> actions,
            Runnable close) {
        this.caller = caller;
        this.now = now;
        this.actions = actions;
        addClassNames("detail-panel", "callers-detail");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", "Caller " + VisibleText.line(caller.name()));
        add(heading(close), new DetailSection("Facts", facts()), new DetailSection("Sessions", sessions(sessions)));
        add(used("Software", caller.clients()), used("Routes", caller.routes()), used("From", caller.addresses()));
        actions.ifPresent(some -> add(new DetailSection("Take back", revoke(some))));
    }

    private Component heading(Runnable close) {
        var line = new Div(new H2(VisibleText.line(caller.name())), new CloseButton(close));
        line.addClassName("detail-title");
        var checked = caller.verified() ? new Chip("Verified", Tone.GOOD) : new Chip("Not verified", Tone.QUIET);
        var subtitle = new Div(checked, new Span(Kinds.label(caller.kind())));
        subtitle.addClassName("detail-subtitle");
        return new Div(line, subtitle);
    }

    private Facts facts() {
        return new Facts()
                .fact("In policies", mono(caller.caller()))
                .fact("Groups", caller.groups().isEmpty() ? "none" : String.join(", ", caller.groups()))
                .fact("First seen", Moments.toTheSecond(caller.firstSeenAt()))
                .fact("Last seen", Moments.toTheSecond(caller.lastSeenAt()))
                .fact("Requests", CallerGrid.number(caller.requests()))
                .fact("Tool calls", CallerGrid.number(caller.toolCalls()))
                .fact("Refused", CallerGrid.number(caller.refused()))
                .fact(
                        "Records",
                        CallList.ofLate().with("caller", caller.caller()).link("Tool calls of this caller"));
    }

    private static Component used(String name, List<SeenFact> facts) {
        var list = new UnorderedList();
        list.addClassName("callers-facts");
        facts.forEach(fact -> list.add(new ListItem(
                new Span(VisibleText.line(fact.value())),
                new QuietText(CallerGrid.number(fact.requests())
                        + (fact.requests() == 1 ? " request, last " : " requests, last ")
                        + Moments.toTheSecond(fact.lastSeenAt())))));
        return new DetailSection(name, facts.isEmpty() ? new Paragraph("Nothing on record.") : list);
    }

    private Component sessions(List<SeenSession> sessions) {
        if (sessions.isEmpty()) {
            return new Paragraph("None: this caller uses the modern protocol, or no session within 30 days.");
        }
        var list = new UnorderedList();
        list.addClassName("callers-facts");
        sessions.forEach(session -> list.add(session(session)));
        return list;
    }

    private ListItem session(SeenSession session) {
        var state = session.state(now);
        var line = new Div(
                mono(session.session().substring(0, 12) + "…"),
                new Chip(
                        state.wireName(),
                        switch (state) {
                            case ACTIVE -> Tone.GOOD;
                            case REVOKED -> Tone.BAD;
                            case QUIET, ENDED -> Tone.QUIET;
                        }));
        line.addClassName("card-line");
        var item = new ListItem(
                line,
                new QuietText(session.client().orElse("unnamed software") + " on " + session.route()
                        + session.clientAddress().map(from -> " from " + from).orElse("") + ", last "
                        + Moments.ago(session.lastSeenAt(), now)));
        actions.filter(_ -> state.isOpen()).ifPresent(some -> {
            var revoke = new Button("Revoke…", _ -> some.revokeSession(session));
            revoke.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_TERTIARY);
            revoke.getElement()
                    .setAttribute(
                            "aria-label", "Revoke session " + session.session().substring(0, 12));
            item.add(revoke);
        });
        return item;
    }

    private Component revoke(CallerActions some) {
        if (caller.hasGrant()) {
            return button("Sign out everywhere…", () -> some.revokeGrant(caller));
        }
        return switch (caller.kind()) {
            case "api_key" -> button("Revoke the key…", () -> some.revokeKey(caller));
            case "certificate" ->
                new Paragraph("A certificate is good until it expires or its authority revokes it: use the kill switch"
                        + " for this caller.");
            default ->
                new Paragraph("The gateway does not know who this is, so there is nothing it could take back but"
                        + " sessions: use the kill switch.");
        };
    }

    private static Component button(String text, Runnable action) {
        var button = new Button(text, VaadinIcon.BAN.create(), _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_ERROR);
        return button;
    }

    private static Span mono(String text) {
        var span = new Span(VisibleText.line(text));
        span.addClassName("mono");
        return span;
    }
}
