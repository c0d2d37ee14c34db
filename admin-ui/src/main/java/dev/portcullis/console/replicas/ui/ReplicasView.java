package dev.portcullis.console.replicas.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.replicas.ReplicaService;
import jakarta.annotation.security.RolesAllowed;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which replicas there are, and whether each enforces the version in force and obeys every kill. Filter and page are
/// in the URL.
@Route("replicas")
@PageTitle("Replicas · Portcullis")
@Menu(title = "Replicas", order = 9, icon = "vaadin:server")
@StyleSheet("replicas.css")
@RolesAllowed(Roles.VIEWER)
class ReplicasView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final Duration PERIOD = Duration.ofSeconds(3);
    private static final int PAGE = 50;

    private final transient ReplicaService replicas;
    private final transient PolicyService policies;
    private final transient KillService kills;
    private final transient Clock clock;
    private final ViewHeading heading = new ViewHeading("Replicas");
    private final Select<ReplicasState.Which> which = new Select<>();
    private final TextField text = new TextField("Name");
    private final ReplicaTable table = new ReplicaTable();
    private final Div emptyPlace = new Div();
    private final Div pages = new Div();
    private ReplicasState state = ReplicasState.none();

    ReplicasView(ReplicaService replicas, PolicyService policies, KillService kills, LiveUpdates live, Clock clock) {
        this.replicas = replicas;
        this.policies = policies;
        this.kills = kills;
        this.clock = clock;
        addClassNames("view", "replicas-view");
        which.setLabel("Show");
        which.setItems(ReplicasState.Which.values());
        which.setItemLabelGenerator(ReplicasState.Which::label);
        which.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                apply(new ReplicasState(change.getValue(), state.text(), 1));
            }
        });
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                apply(new ReplicasState(state.which(), Optional.of(change.getValue()), 1));
            }
        });
        var filters = new Div(which, text);
        filters.addClassNames("filter-bar", "replicas-filter");
        pages.addClassName("replicas-pages");
        add(heading, filters, table, emptyPlace, pages);
        live.whileAttached(this, PERIOD, this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = ReplicasState.of(event.getLocation().getQueryParameters());
        which.setValue(state.which());
        text.setValue(state.text().orElse(""));
        refresh();
    }

    private void refresh() {
        var now = clock.instant();
        var inForce = policies.published().map(PolicyVersion::version).orElse(0L);
        var engaged = kills.engaged();
        var all = replicas.all().stream()
                .map(replica -> ReplicaLine.of(replica, inForce, engaged, now))
                .toList();
        var matching = all.stream().filter(state::accepts).toList();
        var last = Math.max(1, (matching.size() + PAGE - 1) / PAGE);
        var page = Math.min(state.page(), last);
        var shown = matching.subList((page - 1) * PAGE, Math.min(page * PAGE, matching.size()));
        heading.state(summary(all, inForce));
        table.setVisible(!shown.isEmpty());
        table.show(List.copyOf(shown));
        showEmptyState(all, matching);
        showPages(page, last);
    }

    private static String summary(List<ReplicaLine> all, long inForce) {
        var parts = new ArrayList<String>();
        parts.add(inForce == 0 ? "Nothing has been published yet" : "Policy version " + inForce + " is in force");
        parts.add(all.size() == 1 ? "1 replica" : all.size() + " replicas");
        parts.add(all.stream().filter(ReplicaLine::isAlive).count() + " alive");
        parts.add(all.stream().filter(ReplicaLine::isBehind).count() + " behind");
        return String.join(" · ", parts);
    }

    private void showEmptyState(List<ReplicaLine> all, List<ReplicaLine> matching) {
        emptyPlace.removeAll();
        if (all.isEmpty()) {
            emptyPlace.add(new EmptyState(
                    VaadinIcon.SERVER, "No replica yet", "A proxy appears here as soon as it reaches the database."));
        } else if (matching.isEmpty()) {
            emptyPlace.add(new EmptyState(
                    VaadinIcon.FILTER,
                    "Nothing matches",
                    "No replica matches these filters.",
                    new Button("Clear filters", _ -> apply(ReplicasState.none()))));
        }
    }

    private void showPages(int page, int last) {
        pages.removeAll();
        if (page > 1) {
            pages.add(page("Previous page", page - 1));
        }
        if (page < last) {
            pages.add(page("Next page", page + 1));
        }
    }

    private RouterLink page(String label, int number) {
        var link = new RouterLink(label, ReplicasView.class);
        link.setQueryParameters(state.withPage(number).asParameters());
        return link;
    }

    private void apply(ReplicasState wanted) {
        getUI().ifPresent(ui -> ui.navigate(ReplicasView.class, wanted.asParameters()));
    }
}
