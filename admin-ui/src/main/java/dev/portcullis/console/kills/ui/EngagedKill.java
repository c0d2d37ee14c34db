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

/// A kill that is engaged: what, why, since when, which replicas obey, and how to end it.
final class EngagedKill extends Div {
    private static final long serialVersionUID = 1L;

    EngagedKill(KillRecord kill, List<String> alive, boolean canRelease, BiConsumer<KillRecord, String> release) {
        addClassNames("panel", "engaged-kill");
        add(
                new H2(heading(kill)),
                new Facts()
                        .fact("Reason", kill.kill().reason())
                        .fact("Message", kill.kill().message())
                        .fact("Engaged on", kill.replica().map(name -> "replica " + name + " only"))
                        .fact("Groups that go on", exempt(kill))
                        .fact("Engaged", kill.engagedBy() + ", " + Moments.toTheSecond(kill.engagedAt()))
                        .fact("Ends", end(kill).orElse("when somebody releases it")),
                new H3("Replicas"),
                new Confirmations(kill, alive));
        if (canRelease) {
            var button = new Button("Release…", _ -> new ReleaseDialog(kill, release).open());
            button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
            add(button);
        }
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
