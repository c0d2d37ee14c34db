package dev.portcullis.console.events.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.streams.DownloadEvent;
import dev.portcullis.console.api.BrokenOffResponse;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.events.AdminEventService;
import dev.portcullis.console.events.EventFilter;
import dev.portcullis.console.events.RecordedEvent;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Who did what, newest first, page by page. Filter and page are in the URL of the screen around it.
@StyleSheet("events.css")
public final class AdminEventsPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    private final transient AdminEventService events;

    /// @param parameters of the URL
    /// @param tab the name of the tab that this is in
    /// @param wanted takes the parameters of where somebody wants to go
    public AdminEventsPanel(
            AdminEventService events, QueryParameters parameters, String tab, Consumer<QueryParameters> wanted) {
        this.events = events;
        var state = EventState.of(parameters);
        addClassNames("panel", "events-panel");
        add(new EventFilters(state, events.names(), next -> wanted.accept(next.asParameters(tab))));
        Runnable clear = () -> wanted.accept(EventState.none().asParameters(tab));
        state.trouble()
                .ifPresentOrElse(
                        trouble -> add(unreadable(trouble, clear)),
                        () -> show(state, clear, next -> wanted.accept(next.asParameters(tab))));
    }

    private void show(EventState state, Runnable clear, Consumer<EventState> wanted) {
        var found = events.list(state.filter(), state.after(), PAGE + 1);
        if (found.isEmpty()) {
            add(nothing(state, clear));
            return;
        }
        var page = found.subList(0, Math.min(PAGE, found.size()));
        add(list(page));
        add(steps(state, page, found.size() > PAGE, cursor -> wanted.accept(state.at(cursor))));
    }

    private static Component list(List<RecordedEvent> page) {
        var list = new Div();
        list.addClassName("events-list");
        page.forEach(event -> list.add(new EventEntry(event)));
        return list;
    }

    private Component steps(
            EventState state, List<RecordedEvent> page, boolean isMore, Consumer<Optional<String>> turn) {
        var newest = new Button("Newest", _ -> turn.accept(Optional.empty()));
        newest.setVisible(state.cursor().isPresent());
        var older = new Button(
                "Older",
                VaadinIcon.ARROW_RIGHT.create(),
                _ -> turn.accept(Optional.of(page.getLast().cursor().encode())));
        older.setIconAfterText(true);
        older.setVisible(isMore);
        List.of(newest, older).forEach(button -> button.addThemeVariants(ButtonVariant.LUMO_SMALL));
        var export = new Anchor(download -> export(state.filter(), download), AttachmentType.DOWNLOAD, "Export these");
        export.addClassName("export-link");
        export.setTitle("What is filtered, as one line of JSON for each event");
        var space = new Div();
        space.addClassName("space");
        var steps = new Div(export, space, newest, older);
        steps.addClassName("events-steps");
        return steps;
    }

    private static Component nothing(EventState state, Runnable clear) {
        if (!state.isFiltered() && state.cursor().isEmpty()) {
            return new EmptyState(
                    VaadinIcon.RECORDS,
                    "No events yet",
                    "What people and programs change in the console appears here.");
        }
        return new EmptyState(
                VaadinIcon.FILTER, "Nothing matches", "No event on record matches these filters.", clearing(clear));
    }

    private static Component unreadable(String trouble, Runnable clear) {
        return new EmptyState(VaadinIcon.QUESTION, "Not a filter", trouble, clearing(clear));
    }

    private static Button clearing(Runnable clear) {
        return new Button("Clear filters", _ -> clear.run());
    }

    private void export(EventFilter filter, DownloadEvent download) throws IOException {
        download.setFileName("admin-events.ndjson");
        download.setContentType("application/x-ndjson;charset=UTF-8");
        try {
            var out = new OutputStreamWriter(download.getOutputStream(), StandardCharsets.UTF_8);
            events.export(filter, event -> event.writeTo(out));
            out.flush();
        } catch (IOException | RuntimeException e) {
            if (download.getRequest() instanceof VaadinServletRequest request) {
                BrokenOffResponse.mark(request.getHttpServletRequest());
            }
            throw e;
        }
    }
}
