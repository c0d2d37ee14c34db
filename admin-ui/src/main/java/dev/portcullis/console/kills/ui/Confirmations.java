package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillRecord.Acknowledgement;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// The proof that a kill is obeyed: how many replicas do, what it cut, who has not answered, and each one's word. Those
/// who have not answered come first; many words are folded away.
final class Confirmations extends Div {
    private static final long serialVersionUID = 1L;
    private static final int MOST_OPEN = 10;

    private final transient KillRecord kill;

    Confirmations(KillRecord kill, List<String> alive) {
        this.kill = kill;
        var waiting = kill.waitingFor(alive);
        var words = kill.acknowledgements();
        if (waiting.isEmpty() && words.isEmpty()) {
            add(new Paragraph("No replica is known to this console."));
            return;
        }
        add(new Paragraph(summary(waiting.size())));
        if (!waiting.isEmpty()) {
            add(list(waiting.stream()
                    .map(replica -> item(replica, Tone.BAD, "no answer yet", ""))
                    .toList()));
        }
        var obeying = list(words.stream()
                .map(word -> item(word.replica(), Tone.GOOD, "obeys", since(word)))
                .toList());
        add(words.size() > MOST_OPEN ? new Details("All that obey", obeying) : obeying);
    }

    private String summary(int waiting) {
        var words = kill.acknowledgements();
        var all = words.size() + waiting;
        return words.size() + " of " + count(all, "replica", "replicas") + (words.size() == 1 ? " obeys" : " obey")
                + words.stream()
                        .map(this::delay)
                        .filter(delay -> !delay.isNegative())
                        .max(Comparator.naturalOrder())
                        .map(slowest -> ", the slowest after " + Moments.duration(slowest.toNanos() / 1_000))
                        .orElse("")
                + ". "
                + cut(
                        words.stream().mapToInt(Acknowledgement::callsCut).sum(),
                        words.stream().mapToInt(Acknowledgement::streamsCut).sum())
                + ".";
    }

    private Duration delay(Acknowledgement word) {
        return Duration.between(kill.engagedAt(), word.obeyedAt());
    }

    private String since(Acknowledgement word) {
        var delay = delay(word);
        return "since " + Moments.exact(word.obeyedAt())
                + (delay.isNegative() ? "" : ", after " + Moments.duration(delay.toNanos() / 1_000))
                + (word.callsCut() + word.streamsCut() == 0
                        ? ""
                        : " · cut " + counted(word.callsCut(), word.streamsCut()));
    }

    private static String cut(int calls, int streams) {
        return calls + streams == 0 ? "Nothing was under way" : "Cut " + counted(calls, streams);
    }

    private static String counted(int calls, int streams) {
        return count(calls, "call", "calls") + " and " + count(streams, "stream", "streams");
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static Component list(List<ListItem> items) {
        var list = new UnorderedList();
        items.forEach(list::add);
        list.addClassName("acknowledgements");
        return list;
    }

    private static ListItem item(String replica, Tone tone, String state, String more) {
        var name = new Span(replica);
        name.addClassName("mono");
        var time = new Span(more);
        time.addClassName("secondary");
        return new ListItem(name, new Chip(state, tone), time);
    }
}
