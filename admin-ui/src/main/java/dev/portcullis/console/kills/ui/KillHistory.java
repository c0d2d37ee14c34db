package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.kills.KillRecord;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/// Every kill of the past, newest first.
final class KillHistory extends Div {
    private static final long serialVersionUID = 1L;

    private final transient Clock clock;

    KillHistory(Clock clock) {
        this.clock = clock;
    }

    void show(List<KillRecord> kills) {
        removeAll();
        if (kills.isEmpty()) {
            add(new Paragraph("The kill switch has never been engaged."));
        }
        kills.forEach(kill -> add(entry(kill)));
    }

    private Div entry(KillRecord kill) {
        var reason = new Span(kill.kill().reason());
        reason.addClassName("version-number");
        var first = new Div(reason, state(kill));
        first.addClassName("card-line");
        var who = new Span("Engaged by " + kill.engagedBy() + ", " + Moments.toTheSecond(kill.engagedAt()) + end(kill)
                + " · " + kill.describe() + " · "
                + confirmations(kill.acknowledgements().size()));
        who.addClassName("secondary");
        var entry = new Div(first, who);
        entry.addClassName("history-entry");
        return entry;
    }

    private Chip state(KillRecord kill) {
        if (kill.isEngaged(clock.instant())) {
            return new Chip("engaged", Tone.BAD);
        }
        return kill.release().isPresent() ? new Chip("released", Tone.GOOD) : new Chip("ended", Tone.QUIET);
    }

    private static String confirmations(int count) {
        return count == 1 ? "1 confirmation" : count + " confirmations";
    }

    private static String end(KillRecord kill) {
        return kill.release()
                .map(release -> " · released by " + release.by() + ", " + Moments.toTheSecond(release.at())
                        + release.reason().map(reason -> ": " + reason).orElse(""))
                .or(() -> kill.kill()
                        .until()
                        .map(time -> " · ends by itself " + Moments.toTheSecond(time.atOffset(ZoneOffset.UTC))))
                .orElse("");
    }
}
