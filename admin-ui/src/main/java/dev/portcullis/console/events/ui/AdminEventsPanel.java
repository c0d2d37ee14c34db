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
    private final transient Consumer<EventState> wanted;
    private final EventFilters filters;
    private final Div found = new Div();

    /// @param tab the name of the tab that this is in
    /// @param wanted takes the parameters of where somebody wants to go
    public AdminEventsPanel(AdminEventService events, String tab, Consumer<QueryParameters> wanted) {
        this.events = events;
        this.wanted = next -> wanted.accept(next.asParameters(tab));
        filters = new EventFilters(this.wanted);
        addClassNames("panel", "events-panel");
        add(filters, found);
    }

    /// @param parameters of the URL
    public void show(QueryParameters parameters) {
        var state = EventState.of(parameters);
        filters.show(state, events.names());
        found.removeAll();
        state.trouble().ifPresentOrElse(trouble -> found.add(unreadable(trouble)), () -> list(state));
    }

    private void list(EventState state) {
        var read = events.list(state.filter(), state.after(), PAGE + 1);
        if (read.isEmpty()) {
            found.add(nothing(state));
            return;
        }
        var page = read.subList(0, Math.min(PAGE, read.size()));
        found.add(list(page), steps(state, page, read.size() > PAGE));
    }

    private static Component list(List<RecordedEvent> page) {
        var list = new Div();
        list.addClassName("events-list");
        page.forEach(event -> list.add(new EventEntry(event)));
        return list;
    }

    private Component steps(EventState state, List<RecordedEvent> page, boolean isMore) {
        var newest = new Button("Newest", _ -> wanted.accept(state.at(Optional.empty())));
        newest.setVisible(state.cursor().isPresent());
        var older = new Button(
                "Older",
                VaadinIcon.ARROW_RIGHT.create(),
                _ -> wanted.accept(state.at(Optional.of(page.getLast().cursor().encode()))));
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

    private Component nothing(EventState state) {
        if (!state.isFiltered() && state.cursor().isEmpty()) {
            return new EmptyState(
                    VaadinIcon.RECORDS,
                    "No events yet",
                    "What people and programs change in the console appears here.");
        }
        return new EmptyState(
                VaadinIcon.FILTER, "Nothing matches", "No event on record matches these filters.", clear());
    }

    private Component unreadable(String trouble) {
        return new EmptyState(VaadinIcon.QUESTION, "Not a filter", trouble, clear());
    }

    private Button clear() {
        return new Button("Clear filters", _ -> wanted.accept(EventState.none()));
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
