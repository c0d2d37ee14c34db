package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.kills.KillRecord;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// A kill that is engaged: what, why, since when, which replicas obey, and how to end it. It stays as it is while
/// replicas answer, so that nobody loses the focus in it.
final class EngagedKill extends Div {
    private static final long serialVersionUID = 1L;

    private final H2 heading;
    private final Div confirmations = new Div();

    /// @param release takes the kill and the reason
    /// @param left called when the dialog that has released it is closed
    EngagedKill(KillRecord kill, boolean canRelease, BiConsumer<KillRecord, String> release, Runnable left) {
        addClassNames("panel", "engaged-kill");
        heading = new H2(heading(kill));
        heading.getElement().setAttribute("tabindex", "-1");
        add(
                heading,
                new Facts()
                        .fact("Reason", kill.kill().reason())
                        .fact("Message", kill.kill().message())
                        .fact("Engaged on", kill.replica().map(name -> "replica " + name + " only"))
                        .fact("Groups that go on", exempt(kill))
                        .fact("Engaged", kill.engagedBy() + ", " + Moments.toTheSecond(kill.engagedAt()))
                        .fact("Ends", end(kill).orElse("when somebody releases it")),
                new H3("Replicas"),
                confirmations);
        if (canRelease) {
            var button = new Button("Release…", _ -> new ReleaseDialog(kill, release, left).open());
            button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            add(button);
        }
    }

    void confirm(KillRecord kill, List<String> alive) {
        confirmations.removeAll();
        confirmations.add(new Confirmations(kill, alive));
    }

    /// Takes the focus, and is read out.
    void focus() {
        heading.getElement().callJsFunction("focus");
    }

    private static String heading(KillRecord kill) {
        return kill.kill().scope().isOrganization() && kill.replica().isEmpty()
                ? "All MCP traffic is stopped"
                : "Stopped: " + kill.kill().scope().describe();
    }

    private static Optional<String> exempt(KillRecord kill) {
        return Optional.of(String.join(", ", kill.kill().exemptGroups())).filter(groups -> !groups.isEmpty());
    }

    private static Optional<String> end(KillRecord kill) {
        return kill.kill().until().map(end -> Moments.toTheSecond(end.atOffset(ZoneOffset.UTC)));
    }
}
