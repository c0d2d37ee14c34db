package dev.portcullis.console.overview.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.overview.Overview;
import dev.portcullis.console.overview.OverviewService;
import jakarta.annotation.security.RolesAllowed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the gateway is doing, at a glance. The period, and whether charts or a table are shown, live in the URL.
@Route("")
@PageTitle("Overview · Portcullis")
@Menu(title = "Overview", order = 0, icon = "vaadin:dashboard")
@StyleSheet("overview.css")
@RolesAllowed(Roles.VIEWER)
class OverviewView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OverviewView.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final long MANY_WAITING = 10_000;

    private final transient OverviewService service;
    private final transient Clock clock;
    private final PeriodBar periods;
    private final Anchor other = CallList.link("", "");
    private final ViewHeading heading;
    private final AttentionPanel attention = new AttentionPanel();
    private final Tiles tiles = new Tiles();
    private final SeriesChart calls = SeriesChart.ofCalls(this::open);
    private final SeriesChart latency = SeriesChart.ofLatency(this::open);
    private final Div charts = new Div(calls, latency);
    private final StepTable table = new StepTable();
    private final TopList tools = new TopList("Top tools", "tool", "No tool was called.");
    private final TopList callers = new TopList("Top callers", "caller", "Nobody called.");
    private final TopList rules = new TopList("Rules that refuse", "rule", "No rule refused anything.");
    private final Div numbers = new Div();
    private final Div instead = new Div();
    private ShownPeriod period = ShownPeriod.Last.DAY;
    private boolean isReadable = true;
    private boolean asTable;
    private transient @Nullable Overview shown;

    OverviewView(OverviewService service, LiveUpdates live, Clock clock) {
        this.service = service;
        this.clock = clock;
        addClassNames("view", "overview");
        periods = new PeriodBar(this::choose, () -> OffsetDateTime.now(clock));
        other.addClassName("export-link");
        heading = new ViewHeading("Overview", periods, other);
        charts.addClassName("overview-charts");
        var tops = new Div(tools, callers, rules);
        tops.addClassName("overview-tops");
        numbers.add(tiles, charts, table, tops);
        numbers.addClassName("overview-numbers");
        add(heading, attention, numbers, instead);
        live.whileAttached(this, PERIOD, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        period = ShownPeriod.of(parameters);
        isReadable = ShownPeriod.isReadable(parameters);
        asTable = parameters.getSingleParameter("as").map("table"::equals).orElse(false);
        shown = null;
        periods.show(period);
        other.setText(asTable ? "Show charts" : "Show as table");
        other.setHref("?" + parameters(period, !asTable).getQueryString());
        charts.setVisible(!asTable);
        table.setVisible(asTable);
        refresh();
    }

    private static QueryParameters parameters(ShownPeriod period, boolean asTable) {
        var parameters = new LinkedHashMap<>(period.asParameters());
        if (asTable) {
            parameters.put("as", "table");
        }
        return QueryParameters.simple(Map.copyOf(parameters));
    }

    private void choose(ShownPeriod wanted) {
        getUI().ifPresent(ui -> ui.navigate(OverviewView.class, parameters(wanted, asTable)));
    }

    /// @param address of a list of calls
    private void open(String address) {
        var parts = address.split("\\?", 2);
        getUI().ifPresent(ui -> ui.navigate(parts[0], QueryParameters.fromString(parts[1])));
    }

    private void refresh() {
        try {
            var now = OffsetDateTime.now(clock);
            var overview = service.overview(period.from(now), period.to(now));
            if (!overview.equals(shown)) {
                show(overview);
            }
        } catch (AccessDeniedException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the overview could not be read");
            fail();
        }
    }

    private void show(Overview overview) {
        shown = overview;
        heading.state(state(overview));
        attention.setVisible(true);
        attention.show(overview.attention());
        instead.removeAll();
        numbers.setVisible(overview.recorded());
        other.setVisible(overview.recorded());
        periods.setVisible(overview.recorded());
        if (!overview.recorded()) {
            instead.add(nothingYet());
            return;
        }
        tiles.show(overview);
        if (asTable) {
            table.show(overview);
        } else {
            calls.show(overview);
            latency.show(overview);
        }
        tools.show(overview.tools(), () -> list(overview));
        callers.show(overview.callers(), () -> list(overview));
        rules.show(overview.rules(), () -> list(overview));
    }

    private String state(Overview overview) {
        if (!overview.recorded()) {
            return "Ready for the first call";
        }
        return (isReadable ? "" : "The period in the address cannot be shown. ") + "Calls in " + period.words()
                + (overview.waiting() > MANY_WAITING
                        ? "; " + Tiles.number(overview.waiting()) + " older and newer ones are still being counted"
                        : "");
    }

    private static CallList list(Overview overview) {
        return CallList.between(overview.from(), overview.to());
    }

    private static EmptyState nothingYet() {
        var connect = CallList.link("connect", "Connect a client");
        connect.addClassName("overview-connect");
        return new EmptyState(
                VaadinIcon.CONNECT,
                "No calls yet",
                "Numbers appear here seconds after the first call. Choose your client, copy its snippet, and ask it to"
                        + " list the tools of a route.",
                connect);
    }

    /// What was there is not shown any more: nobody should take old numbers for new ones.
    private void fail() {
        shown = null;
        heading.state("Not known at this moment");
        attention.setVisible(false);
        numbers.setVisible(false);
        instead.removeAll();
        var again = new Button("Try again", VaadinIcon.REFRESH.create(), _ -> refresh());
        instead.add(new EmptyState(
                VaadinIcon.WARNING,
                "The numbers could not be read",
                "The console cannot reach its database, or the database is too slow. It tries again by itself; the"
                        + " gateway goes on without it.",
                new Span(again)));
    }
}
