package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillRecord.Acknowledgement;

import java.time.Duration;
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
                replicas(kill, alive));
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

    private static Component replicas(KillRecord kill, List<String> alive) {
        var list = new UnorderedList();
        list.addClassName("acknowledgements");
        kill.acknowledgements().forEach(word -> list.add(item(word.replica(), Tone.GOOD, "obeys", since(kill, word))));
        kill.waitingFor(alive).forEach(replica -> list.add(item(replica, Tone.BAD, "no answer yet", "")));
        if (list.getComponentCount() == 0) {
            list.add(new ListItem("No replica is known to this console."));
        }
        return list;
    }

    private static String since(KillRecord kill, Acknowledgement word) {
        var delay = Duration.between(kill.engagedAt(), word.obeyedAt());
        return "since " + Moments.exact(word.obeyedAt())
                + (delay.isNegative() ? "" : ", after " + Moments.duration(delay.toNanos() / 1_000))
                + cut(word);
    }

    private static String cut(Acknowledgement word) {
        return word.callsCut() + word.streamsCut() == 0
                ? ""
                : " · cut " + word.callsCut() + " calls and " + word.streamsCut() + " streams";
    }

    private static ListItem item(String replica, Tone tone, String state, String more) {
        var name = new Span(replica);
        name.addClassName("mono");
        var time = new Span(more);
        time.addClassName("secondary");
        return new ListItem(name, new Chip(state, tone), time);
    }
}
