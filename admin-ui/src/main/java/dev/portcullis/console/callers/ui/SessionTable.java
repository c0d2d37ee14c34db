package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.callers.SeenSession;
import dev.portcullis.console.components.DataTable;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.tools.VisibleText;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sessions that somebody uses, whoever it is, the one used last first.
final class SessionTable extends Div {
    private static final long serialVersionUID = 1L;

    /// @param actions empty for who may only look
    SessionTable(List<SeenSession> sessions, Instant now, Optional<CallerActions> actions) {
        var table = new DataTable(
                "Active sessions", "Session", "Caller", "Software", "Route", "From", "Last used", "Change");
        sessions.forEach(session -> table.row(
                mono(session.session().substring(0, 12) + "…"),
                caller(session),
                new Span(session.client().map(VisibleText::line).orElse("Unnamed")),
                new Span(session.route()),
                new Span(session.clientAddress().orElse("Not known")),
                DataTable.lines(
                        Moments.ago(session.lastSeenAt(), now),
                        session.requests() + (session.requests() == 1 ? " request" : " requests")),
                actions.map(some -> revoke(session, some)).orElseGet(() -> new Span("Admins only"))));
        add(table);
    }

    private static Component caller(SeenSession session) {
        return new Anchor("callers?tab=sessions&caller=" + session.caller(), VisibleText.line(session.callerName()));
    }

    private static Component revoke(SeenSession session, CallerActions actions) {
        var revoke = new Button("Revoke…", _ -> actions.revokeSession(session));
        revoke.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_ERROR);
        revoke.setAriaLabel("Revoke session " + session.session().substring(0, 12));
        return revoke;
    }

    private static Span mono(String text) {
        var span = new Span(text);
        span.addClassName("mono");
        return span;
    }
}
