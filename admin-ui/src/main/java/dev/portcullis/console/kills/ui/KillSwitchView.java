package dev.portcullis.console.kills.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.kills.KillRecord;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.ReplicaService;
import dev.portcullis.policy.KillOrder;
import jakarta.annotation.security.RolesAllowed;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Stop everything, see that it stopped, let it go on.
@Route("kill-switch")
@PageTitle("Kill switch · Portcullis")
@Menu(title = "Kill switch", order = 3, icon = "vaadin:power-off")
@RolesAllowed(Roles.VIEWER)
class KillSwitchView extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int HISTORY = 50;

    private final transient KillService kills;
    private final transient ReplicaService replicas;
    private final transient Actor actor;
    private final transient Clock clock;
    private final ViewHeading heading = new ViewHeading("Kill switch");
    private final Div engagedPlace = new Div();
    private final Map<UUID, EngagedKill> panels = new HashMap<>();
    private final EngageForm form;
    private final KillHistory history;
    private transient List<KillRecord> shown = List.of();
    private transient List<String> shownReplicas = List.of();

    KillSwitchView(KillService kills, ReplicaService replicas, LiveUpdates live, Actor actor, Clock clock) {
        this.kills = kills;
        this.replicas = replicas;
        this.actor = actor;
        this.clock = clock;
        addClassNames("view", "kill-view");
        form = new EngageForm(clock, kills::sameAs, this::engage, this::showNewest);
        history = new KillHistory(clock);
        var past = new Div(new H2("History"), history);
        past.addClassName("kill-history");
        var columns = new Div(new Div(engagedPlace, form), past);
        columns.addClassName("kill-columns");
        add(heading, columns);
        refresh();
        live.whileAttached(this, PERIOD, this::refresh);
    }

    private void refresh() {
        var recent = kills.history(HISTORY);
        var alive = replicas.alive().stream().map(Replica::replica).toList();
        if (recent.equals(shown) && alive.equals(shownReplicas) && heading.isAttached()) {
            return;
        }
        shown = recent;
        shownReplicas = alive;
        var engaged =
                recent.stream().filter(kill -> kill.isEngaged(clock.instant())).toList();
        show(engaged, alive);
        form.setVisible(actor.isAdmin());
        heading.state(
                engaged.isEmpty()
                        ? "Not engaged. Traffic flows as the policy allows."
                        : "Engaged. Replicas confirm below when they have stopped.");
        history.show(recent);
    }

    private void show(List<KillRecord> engaged, List<String> alive) {
        var ids = engaged.stream().map(KillRecord::id).toList();
        panels.entrySet().removeIf(entry -> {
            var over = !ids.contains(entry.getKey());
            if (over) {
                entry.getValue().removeFromParent();
            }
            return over;
        });
        for (var kill : engaged) {
            var panel = panels.computeIfAbsent(kill.id(), _ -> add(kill, ids.indexOf(kill.id())));
            panel.confirm(kill, alive);
        }
    }

    private EngagedKill add(KillRecord kill, int place) {
        var panel = new EngagedKill(kill, actor.isAdmin(), this::release, form::focus);
        engagedPlace.addComponentAtIndex(place, panel);
        return panel;
    }

    /// To whoever has just engaged it: the button that asked for it is out of sight now.
    private void showNewest() {
        shown.stream().findFirst().map(kill -> panels.get(kill.id())).ifPresent(EngagedKill::focus);
    }

    private void engage(KillOrder order) {
        kills.engage(order, actor.name());
        refresh();
    }

    /// Somebody else may have been first: then nothing changes, and whoever was slower is told.
    private void release(KillRecord kill, String reason) {
        if (kills.engaged().stream().noneMatch(other -> other.id().equals(kill.id()))) {
            Notification.show("This kill is over already: somebody else has released it, or its time has come.");
        } else {
            kills.release(kill.id(), Optional.of(reason), actor.name());
        }
        refresh();
    }
}
