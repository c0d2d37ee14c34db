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
import dev.portcullis.console.components.EndDialog;
import dev.portcullis.console.components.EndLine;
import dev.portcullis.console.components.EndSelect;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.ends.Ending;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Tokens of programs: make one with the roles it needs, see them, change when they end, make one worthless.
final class TokensPanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient AdminTokenService tokens;
    private final transient Actor actor;
    private final transient Clock clock;
    private final transient Consumer<Ending> go;
    private final Ending wanted;

    /// @param wanted which of them are shown
    /// @param go shows others
    TokensPanel(AdminTokenService tokens, Actor actor, Clock clock, Ending wanted, Consumer<Ending> go) {
        this.tokens = tokens;
        this.actor = actor;
        this.clock = clock;
        this.wanted = wanted;
        this.go = go;
        addClassNames("panel", "settings-panel");
        refresh();
    }

    private void refresh() {
        removeAll();
        var ends = new EndSelect("Show", go);
        ends.setValue(wanted);
        var heading = new Div(new H2("Admin tokens"), ends);
        heading.addClassName("card-line");
        if (actor.isAdmin()) {
            var create = new Button("New token…", _ -> new TokenDialog(tokens, actor, clock, this::refresh).open());
            create.addThemeVariants(ButtonVariant.LUMO_SMALL);
            heading.add(create);
        }
        var list = new Div();
        list.addClassName("settings-rows");
        tokens.list().stream().filter(this::isWanted).forEach(token -> list.add(row(token)));
        if (list.getComponentCount() == 0) {
            list.add(new QuietText("No token ends then."));
        }
        add(heading, list);
    }

    private boolean isWanted(AdminTokenRecord token) {
        return wanted == Ending.ALL || (token.revokedAt().isEmpty() && wanted.fits(token.expiresAt(), clock.instant()));
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
        var now = clock.instant();
        if (!token.isGood(now)) {
            row.addClassName("settings-over");
        }
        if (token.revokedAt().isEmpty()) {
            row.add(new EndLine(token.expiresAt(), now, "Good until it is revoked"));
            if (actor.isAdmin()) {
                row.add(actions(token));
            }
        }
        return row;
    }

    private Component actions(AdminTokenRecord token) {
        var actions = new Div();
        actions.addClassName("card-line");
        if (token.isGood(clock.instant())) {
            actions.add(changeEnd(token));
        }
        actions.add(revoke(token));
        return actions;
    }

    private Button changeEnd(AdminTokenRecord token) {
        var button = new Button(
                "Change end…",
                _ -> new EndDialog(
                                token.name(),
                                "From the day after on it is refused, for ever.",
                                token.expiresAt(),
                                clock,
                                end -> {
                                    tokens.changeEnd(token.id(), end, OptionalLong.of(token.revision()), actor.name());
                                    refresh();
                                })
                        .open());
        button.setAriaLabel("Change the end of the token " + token.name());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        button.addClassName("settings-action");
        return button;
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
