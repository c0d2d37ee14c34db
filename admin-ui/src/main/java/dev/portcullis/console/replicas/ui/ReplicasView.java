package dev.portcullis.console.replicas.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.replicas.Replica;
import dev.portcullis.console.replicas.ReplicaService;
import jakarta.annotation.security.RolesAllowed;

import java.time.Clock;
import java.time.Duration;

/// Which replicas there are, and whether each enforces the version in force.
@Route("replicas")
@PageTitle("Replicas · Portcullis")
@Menu(title = "Replicas", order = 4, icon = "vaadin:server")
@RolesAllowed(Roles.VIEWER)
class ReplicasView extends Div {
    private static final long serialVersionUID = 1L;
    private static final Duration PERIOD = Duration.ofSeconds(3);

    private final transient ReplicaService replicas;
    private final transient PolicyService policies;
    private final transient Clock clock;
    private final ViewHeading heading = new ViewHeading("Replicas");
    private final Div cards = new Div();

    ReplicasView(ReplicaService replicas, PolicyService policies, LiveUpdates live, Clock clock) {
        this.replicas = replicas;
        this.policies = policies;
        this.clock = clock;
        addClassName("view");
        cards.addClassName("replica-cards");
        add(heading, cards);
        refresh();
        live.whileAttached(this, PERIOD, this::refresh);
    }

    private void refresh() {
        var all = replicas.all();
        var inForce = policies.published().map(PolicyVersion::version).orElse(0L);
        heading.state(inForce == 0 ? "Nothing has been published yet" : "Policy version " + inForce + " is in force");
        cards.removeAll();
        all.forEach(replica -> cards.add(card(replica, inForce)));
        if (all.isEmpty()) {
            cards.add(new EmptyState(
                    VaadinIcon.SERVER, "No replica yet", "A proxy appears here as soon as it reaches the database."));
        }
    }

    private Component card(Replica replica, long inForce) {
        var silent = replica.heartbeatAt().toInstant().isBefore(clock.instant().minus(ReplicaService.SILENCE));
        var name = new H2(replica.replica());
        var line = new Div(name, silent ? new Chip("silent", Tone.BAD) : new Chip("alive", Tone.GOOD));
        line.addClassName("card-line");
        var card = new Div(
                line,
                new Facts()
                        .fact("Policy", version(replica, inForce))
                        .fact("Last heard of", Moments.ago(replica.heartbeatAt(), clock.instant()))
                        .fact("Started", Moments.toTheSecond(replica.startedAt()))
                        .fact("Kills obeyed", Integer.toString(replica.kills().size())));
        card.addClassName("panel");
        return card;
    }

    private static Component version(Replica replica, long inForce) {
        var version = replica.policyVersion().orElse(0L);
        if (version == inForce) {
            return new Span("version " + version);
        }
        var behind = new Div(new Span(version == 0 ? "none" : "version " + version), new Chip("behind", Tone.BAD));
        behind.addClassName("chips");
        return behind;
    }
}
