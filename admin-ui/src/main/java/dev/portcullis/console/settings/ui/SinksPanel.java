package dev.portcullis.console.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.sinks.SinkService;
import dev.portcullis.console.sinks.SinkStatus;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How each sink is doing, while somebody looks.
final class SinksPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private final transient SinkService sinks;
    private final transient Clock clock;
    private final Div cards = new Div();

    SinksPanel(SinkService sinks, LiveUpdates live, Clock clock) {
        this.sinks = sinks;
        this.clock = clock;
        cards.addClassName("settings-cards");
        var where = new Div(
                new H2("Where sinks are set"),
                new SetElsewhere(
                        "docs/siem.md",
                        new SetElsewhere.Key("console.sinks", "each sink by its name: type, receiver, what is sent")),
                new QuietText("A sink that has not begun yet is not listed."));
        where.addClassNames("panel", "settings-panel");
        addClassName("settings-sinks");
        add(cards, where);
        refresh();
        live.whileAttached(this, PERIOD, this::refresh);
    }

    private void refresh() {
        cards.removeAll();
        List<SinkStatus> all = sinks.all();
        if (all.isEmpty()) {
            cards.add(
                    new EmptyState(
                            VaadinIcon.OUTBOX,
                            "No sinks",
                            "Name a syslog server or an OpenTelemetry collector under console.sinks, and records are sent on."));
        }
        all.forEach(sink -> cards.add(card(sink)));
    }

    private Component card(SinkStatus sink) {
        var name = new H2(sink.name());
        var first = new Div(name, sink.isHealthy() ? new Chip("healthy", Tone.GOOD) : new Chip("failing", Tone.BAD));
        first.addClassName("card-line");
        var now = clock.instant();
        var card = new Div(
                first,
                new Facts()
                        .fact("Receiver", sink.type() + " " + sink.receiver())
                        .fact("Sent", sink.only() + (sink.arguments() ? ", with arguments" : ""))
                        .fact("Waiting", String.format(Locale.ROOT, "%,d records", sink.waiting()))
                        .fact("Oldest", sink.oldestWaiting().map(time -> Moments.ago(time, now)))
                        .fact("Taken", String.format(Locale.ROOT, "%,d records", sink.acknowledged()))
                        .fact("Last taken", sink.acknowledgedAt().map(time -> Moments.ago(time, now)))
                        .fact("Known since", Moments.toTheSecond(sink.knownSince()))
                        .fact("Failing since", sink.failingSince().map(Moments::toTheSecond)));
        sink.lastError().ifPresent(error -> {
            var words = new Span(error);
            words.addClassName("settings-warning");
            card.add(words);
        });
        card.addClassNames("panel", "settings-panel");
        return card;
    }
}
