package dev.portcullis.console.routes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.DataTable;
import dev.portcullis.console.components.EndLine;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.QuietText;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.ends.Ending;
import dev.portcullis.console.routes.RouteHealth;
import dev.portcullis.console.routes.RouteStanding;
import dev.portcullis.policy.document.Route;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// One row for each route.
final class RouteTable extends Div {
    private static final long serialVersionUID = 1L;

    private final transient Clock clock;
    private final DataTable table =
            new DataTable("Routes", "Route", "Leads to", "Callers", "Credential", "Last 15 minutes", "See");

    RouteTable(Clock clock) {
        this.clock = clock;
        add(table);
    }

    void show(List<RouteStanding> routes) {
        var now = clock.instant();
        table.clear();
        routes.forEach(standing -> table.row(
                name(standing.route()),
                upstream(standing.route()),
                new Span(callers(standing.route())),
                credential(standing, now),
                health(standing.health()),
                links(standing.route())));
    }

    private static Component name(Route route) {
        var name = DataTable.lines(route.name(), "profile " + route.profile());
        name.addClassName("routes-name");
        return name;
    }

    private static Component upstream(Route route) {
        var where = switch (route.upstream()) {
            case Route.Upstream.Sandbox _ -> "the sandbox";
            case Route.Upstream.Remote remote -> remote.uri().toString();
        };
        return DataTable.lines(
                where, route.hosts().isEmpty() ? "" : "answers also as " + String.join(", ", route.hosts()));
    }

    private static String callers(Route route) {
        return switch (route.authentication()) {
            case OPEN -> "Anybody on this machine";
            case PASSTHROUGH -> "Checked by the upstream";
            case GATEWAY -> "Checked by the gateway";
        };
    }

    private static Component credential(RouteStanding standing, Instant now) {
        var name = new Span(standing.route().credential().orElse("None"));
        var end = standing.credentialEnd();
        return switch (standing.fit()) {
            case NONE, FITS ->
                Ending.EXPIRING.fits(end, now) || Ending.ENDED.fits(end, now)
                        ? chips(name, new EndLine(end, now, ""))
                        : name;
            case MISSING -> chips(name, new Chip("missing", Tone.BAD));
            case OTHER_UPSTREAM -> chips(name, new Chip("not for this upstream", Tone.BAD));
        };
    }

    private static Component health(RouteHealth health) {
        var total = health.answered() + health.failed();
        var counted = (total == RouteHealth.MOST ? "newest " : "") + total + (total == 1 ? " exchange" : " exchanges");
        return switch (health.state()) {
            case UNKNOWN -> new Span("Nothing was sent");
            case ANSWERS -> chips(new Chip("answers", Tone.GOOD), new QuietText(counted));
            case UNSTEADY -> chips(new Chip("unsteady", Tone.REFUSED), new QuietText(failures(health, counted)));
            case FAILS -> chips(new Chip("fails", Tone.BAD), new QuietText(failures(health, counted)));
        };
    }

    private static String failures(RouteHealth health, String counted) {
        return health.failed() + " of " + counted + " failed"
                + health.failedAt()
                        .map(time -> ", last " + Moments.toTheSecond(time))
                        .orElse("")
                + " (" + String.join(", ", health.failingReplicas()) + ")";
    }

    private static Component links(Route route) {
        var links = new Div(
                link(CallList.ofLate().with("route", route.name()).address(), "Calls", route),
                link("tools?route=" + route.name(), "Tools", route),
                link("connect?route=" + route.name(), "Connect", route));
        links.addClassName("routes-links");
        return links;
    }

    private static Anchor link(String target, String text, Route route) {
        var link = CallList.link(target, text);
        link.setAriaLabel(text + " of " + route.name());
        return link;
    }

    private static Component chips(Component... parts) {
        var chips = new Div(parts);
        chips.addClassName("chips");
        return chips;
    }
}
