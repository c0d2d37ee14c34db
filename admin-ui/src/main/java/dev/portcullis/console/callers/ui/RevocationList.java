package dev.portcullis.console.callers.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.callers.Revocation;
import dev.portcullis.console.callers.RevocationOrder;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.tools.VisibleText;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// What was taken back, the newest first.
final class RevocationList extends Div {
    private static final long serialVersionUID = 1L;

    /// @param lift takes the one that is to be good again
    RevocationList(List<Revocation> revocations, Instant now, boolean mayLift, Consumer<Revocation> lift) {
        addClassName("callers-revocations");
        if (revocations.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.BAN, "Nothing is revoked", "Sessions and grants that you take back are listed here."));
        }
        revocations.forEach(one -> add(card(one, now, mayLift, lift)));
    }

    private static Component card(Revocation one, Instant now, boolean mayLift, Consumer<Revocation> lift) {
        var inForce = one.isInForce(now);
        var name = new H2(VisibleText.line(one.subject()));
        var line = new Div(name, inForce ? new Chip("in force", Tone.BAD) : new Chip("over", Tone.QUIET));
        line.addClassName("card-line");
        var facts = new Facts()
                .fact("What", one.kind() == RevocationOrder.Kind.SESSION ? "a session" : "all tokens issued before")
                .fact("Reason", one.reason())
                .fact("Revoked", one.revokedBy() + ", " + Moments.toTheSecond(one.revokedAt()))
                .fact("Ends", Moments.toTheSecond(one.endsAt()));
        one.liftedBy()
                .ifPresent(by -> facts.fact(
                        "Lifted",
                        by + ", " + one.liftedAt().map(Moments::toTheSecond).orElse("")));
        var card = new Div(line, facts);
        if (inForce && mayLift) {
            var button = new Button("Lift", _ -> lift.accept(one));
            button.addThemeVariants(ButtonVariant.LUMO_SMALL);
            button.getElement().setAttribute("aria-label", "Lift the revocation of " + one.subject());
            card.add(button);
        }
        card.addClassName("panel");
        return card;
    }
}
