package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.AdminTokenRecord;
import dev.portcullis.console.access.AdminTokenService;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;

/// Tokens of programs: make one with the roles it needs, see them, make one worthless.
final class TokensPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient AdminTokenService tokens;
    private final transient Actor actor;

    TokensPanel(AdminTokenService tokens, Actor actor) {
        this.tokens = tokens;
        this.actor = actor;
        addClassNames("panel", "settings-panel");
        refresh();
    }

    private void refresh() {
        removeAll();
        var heading = new Div(new H2("Admin tokens"));
        heading.addClassName("card-line");
        if (actor.isAdmin()) {
            var create = new Button("New token…", _ -> new TokenDialog(tokens, actor, this::refresh).open());
            create.addThemeVariants(ButtonVariant.LUMO_SMALL);
            heading.add(create);
        }
        var list = new Div();
        list.addClassName("settings-rows");
        tokens.list().forEach(token -> list.add(row(token)));
        add(heading, list);
    }

    private Component row(AdminTokenRecord token) {
        var name = new Span(token.name());
        name.addClassName("version-number");
        var roles = new Div();
        roles.addClassName("chips");
        token.roles().stream().sorted().forEach(role -> roles.add(new Chip(role, Tone.QUIET)));
        var first = new Div(name, roles);
        first.addClassName("card-line");
        var when = new Span("Made " + Moments.toTheSecond(token.createdAt())
                + token.revokedAt()
                        .map(time -> " · revoked " + Moments.toTheSecond(time))
                        .orElse(""));
        when.addClassName("secondary");
        var row = new Div(first, when);
        row.addClassName("history-entry");
        if (token.revokedAt().isPresent()) {
            row.addClassName("settings-over");
        } else if (actor.isAdmin()) {
            row.add(revoke(token));
        }
        return row;
    }

    private Button revoke(AdminTokenRecord token) {
        var button = new Button("Revoke…", _ -> ask(token));
        button.setAriaLabel("Revoke the token " + token.name());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR);
        button.addClassName("settings-action");
        return button;
    }

    private void ask(AdminTokenRecord token) {
        var dialog = new ConfirmDialog(
                "Revoke " + token.name() + "?",
                "Programs that use it are refused at once, for ever.",
                "Revoke",
                _ -> revokeNow(token));
        dialog.setConfirmButtonTheme("error primary");
        dialog.setCancelable(true);
        dialog.open();
    }

    /// Somebody else may have been first: then nothing changes, and they are told.
    private void revokeNow(AdminTokenRecord token) {
        var isGood = tokens.list().stream()
                .anyMatch(other ->
                        other.id().equals(token.id()) && other.revokedAt().isEmpty());
        if (isGood) {
            tokens.revoke(token.id(), actor.name());
        } else {
            Told.somebodyElse("Somebody else has revoked this token meanwhile.");
        }
        refresh();
    }

    static Paragraph note(String text) {
        var note = new Paragraph(text);
        note.addClassName("secondary");
        return note;
    }
}
