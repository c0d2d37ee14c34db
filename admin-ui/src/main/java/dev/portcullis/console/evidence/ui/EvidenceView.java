package dev.portcullis.console.evidence.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.api.BrokenOffResponse;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.evidence.EvidenceOrder;
import dev.portcullis.console.evidence.EvidenceService;
import jakarta.annotation.security.RolesAllowed;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// One archive for a period: choose it, see what is in it, take it away, and verify it elsewhere.
@Route("evidence")
@PageTitle("Evidence · Portcullis")
@Menu(title = "Evidence", order = 10, icon = "vaadin:archive")
@StyleSheet("evidence.css")
@RolesAllowed(Roles.VIEWER)
class EvidenceView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int HISTORY = 50;

    private final transient EvidenceService evidence;
    private final transient Clock clock;
    private final boolean isAuditor;
    private final ViewHeading heading = new ViewHeading("Evidence");
    private final Div content = new Div();

    EvidenceView(EvidenceService evidence, Actor actor, Clock clock) {
        this.evidence = evidence;
        this.clock = clock;
        this.isAuditor = actor.isAuditor();
        addClassNames("view", "evidence-view");
        content.addClassName("evidence-columns");
        add(heading, content);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        content.removeAll();
        if (!isAuditor) {
            heading.state("");
            content.add(new EmptyState(
                    VaadinIcon.ARCHIVE,
                    "For auditors",
                    "Evidence has what admins did and what was refused. The role AUDITOR is needed to take it away."));
            return;
        }
        heading.state("One archive of what was in force, done and refused in a period. Making one is recorded.");
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        show(EvidenceState.of(event.getLocation().getQueryParameters(), today), today);
    }

    private void show(EvidenceState state, LocalDate today) {
        var choice = new Div(new PeriodFields(state, today, this::choose));
        choice.addClassName("panel");
        var making = new Div(choice);
        making.addClassName("evidence-making");
        try {
            var period = state.period();
            making.add(new ContentsPanel(period, evidence.contents(period), this::download));
        } catch (IllegalArgumentException e) {
            making.add(new EmptyState(
                    VaadinIcon.CALENDAR,
                    "No such period",
                    "The first day must not be after the last one, and there may be at most 400 days."));
        }
        making.add(new MadePanel(evidence.history(HISTORY)));
        content.add(making, new VerifyPanel(evidence.key()));
    }

    private void choose(EvidenceState wanted) {
        getUI().ifPresent(ui -> ui.navigate(EvidenceView.class, wanted.asParameters()));
    }

    private DownloadHandler download(EvidenceOrder order) {
        return download -> write(order, download);
    }

    private void write(EvidenceOrder order, DownloadEvent download) throws IOException {
        download.setFileName(order.period().fileName());
        download.setContentType("application/zip");
        try {
            evidence.create(order, download.getOutputStream());
        } catch (IOException | RuntimeException e) {
            if (download.getRequest() instanceof VaadinServletRequest request) {
                BrokenOffResponse.mark(request.getHttpServletRequest());
            }
            throw e;
        }
    }
}
