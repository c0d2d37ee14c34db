package dev.portcullis.console.events.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.events.RecordedEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import java.util.Set;
import java.util.regex.Pattern;

/// One event in a line, and everything about it when it is opened: what was before and after as a diff, and the rest
/// as names and values.
final class EventEntry extends Details {
    private static final long serialVersionUID = 1L;
    private static final ObjectWriter PRETTY = JsonMapper.shared().writerWithDefaultPrettyPrinter();
    private static final Set<String> CHANGE = Set.of("before", "after");
    private static final Pattern STOPS = Pattern.compile("\\.(failed|locked|gap|part_dropped)$|^kill\\.engaged$");
    private static final Pattern TAKES_AWAY =
            Pattern.compile("\\.(removed|revoked|released|discarded|revealed|exported|streamed)$|^evidence\\.");

    EventEntry(RecordedEvent event) {
        addClassName("events-entry");
        setSummary(line(event));
        // Only what somebody opens is put together, and sent.
        addOpenedChangeListener(opened -> {
            if (opened.isOpened() && getContent().findAny().isEmpty()) {
                add(content(event));
            }
        });
    }

    private static Component line(RecordedEvent event) {
        var time = new Span(Moments.toTheSecond(event.occurredAt()));
        time.addClassName("events-time");
        var what = new Chip(event.event(), tone(event.event()));
        var who = new Span(event.actor());
        who.addClassName("events-actor");
        var about = new Span(event.subject().orElse(""));
        about.addClassNames("events-subject", "secondary");
        var line = new Div(time, what, who, about);
        line.addClassName("events-line");
        return line;
    }

    private static Tone tone(String event) {
        if (STOPS.matcher(event).find()) {
            return Tone.BAD;
        }
        return TAKES_AWAY.matcher(event).find() ? Tone.REFUSED : Tone.QUIET;
    }

    private static Component content(RecordedEvent event) {
        var content = new Div();
        content.addClassName("events-content");
        var detail = event.detail();
        if (detail.has("before") || detail.has("after")) {
            content.add(diff(detail));
        }
        var facts = new Facts();
        detail.properties().stream()
                .filter(member -> !CHANGE.contains(member.getKey()))
                .forEach(member -> facts.fact(member.getKey(), text(member.getValue())));
        facts.fact("about", event.subject());
        facts.fact("event id", mono(event.id().toString()));
        content.add(facts);
        return content;
    }

    private static Span mono(String text) {
        var span = new Span(text);
        span.addClassName("mono");
        return span;
    }

    private static Component diff(JsonNode detail) {
        var lines = new Pre();
        lines.addClassName("events-diff");
        lines.getElement().setAttribute("aria-label", "Before and after");
        lines.getElement().setAttribute("tabindex", "0");
        lines.getElement().setAttribute("role", "group");
        LineChanges.between(text(detail.path("before")), text(detail.path("after")))
                .forEach(line -> lines.add(changed(line)));
        return lines;
    }

    private static Span changed(String line) {
        var span = new Span(line + "\n");
        if (line.startsWith("-")) {
            span.addClassName("events-gone");
        } else if (line.startsWith("+")) {
            span.addClassName("events-come");
        }
        return span;
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            return PRETTY.writeValueAsString(value);
        }
        var text = value.asString();
        return text.startsWith("{") || text.startsWith("[") ? pretty(text) : text;
    }

    private static String pretty(String json) {
        try {
            return PRETTY.writeValueAsString(JsonMapper.shared().readTree(json));
        } catch (tools.jackson.core.JacksonException e) {
            return json;
        }
    }
}
