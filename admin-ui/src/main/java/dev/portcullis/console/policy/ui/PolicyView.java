package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.evaluation.EvaluationService;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.RuleHitService;
import dev.portcullis.console.policytests.PolicyTestService;
import dev.portcullis.console.policytests.ui.TestsPanel;
import dev.portcullis.console.publication.ProposalService;
import dev.portcullis.console.publication.PublicationService;
import dev.portcullis.console.publication.ui.SchedulePanel;
import dev.portcullis.console.replay.ReplayService;
import dev.portcullis.console.tools.ToolService;
import jakarta.annotation.security.RolesAllowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The policy: write it, try it, see what it would change, publish it, look back.
@Route("policy")
@PageTitle("Policy · Portcullis")
@Menu(title = "Policy", order = 2, icon = "vaadin:file-code")
@RolesAllowed(Roles.VIEWER)
@StyleSheet("policy.css")
class PolicyView extends Div implements BeforeEnterObserver, BeforeLeaveObserver {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PolicyView.class);
    private static final int DAYS = 7;

    private final transient DraftDesk desk;
    private final transient RuleHitService hits;
    private final transient Actor actor;
    private final ViewHeading heading;
    private final DocumentPanel document;
    private final BenchPanel bench;
    private final ImpactPanel impact;
    private final ChangesPanel changes = new ChangesPanel("Differences from the published version");
    private final TestsPanel tests;
    private final SchedulePanel schedule;
    private final HistoryPanel history;
    private final PolicyTabs tabs = new PolicyTabs();
    private final Button save = button("Save draft", ButtonVariant.LUMO_SMALL);
    private final Button discard = button("Discard", ButtonVariant.LUMO_TERTIARY);
    private final Button publish = button("Publish…", ButtonVariant.LUMO_PRIMARY);
    private boolean entered;

    PolicyView(
            PolicyService policies,
            PublicationService publications,
            ProposalService proposals,
            PolicyTestService regression,
            RuleHitService hits,
            EvaluationService evaluations,
            ReplayService replays,
            ToolService tools,
            LiveUpdates live,
            Actor actor,
            Clock clock) {
        this.hits = hits;
        this.actor = actor;
        var canWrite = actor.isEditor() && policies.owner() instanceof PolicyOwner.Console;
        var mayReplay = actor.isEditor() || actor.isApprover() || actor.isAuditor();
        addClassName("view");
        document = new DocumentPanel(policies, canWrite, this::textChanged, _ -> showInUrl());
        desk = new DraftDesk(policies, publications, actor, clock, document.editor(), this::textChanged);
        tests = new TestsPanel(regression, actor, desk::asShown);
        schedule = new SchedulePanel(proposals, actor, PolicyView::openProposal);
        bench = new BenchPanel(evaluations, tools, clock, desk::asShown, keep(actor), this::showInUrl);
        impact = new ImpactPanel(replays, live, clock, mayReplay, desk::asShown, this::showInUrl);
        history = new HistoryPanel(policies, canWrite, this::restore, this::compare);
        heading = new ViewHeading("Policy", new Anchor("policy/proposals", "Proposals"), discard, save, publish);
        save.addClickListener(_ -> desk.save());
        discard.addClickListener(_ -> desk.askToDiscard());
        publish.addClickListener(_ -> desk.askToPublish());
        save.setVisible(canWrite);
        discard.setVisible(canWrite);
        publish.setVisible(canWrite);
        tabs.add(PolicyTab.RULES, document);
        tabs.add(PolicyTab.BENCH, bench);
        tabs.add(PolicyTab.IMPACT, impact);
        tabs.add(PolicyTab.CHANGES, changes);
        tabs.add(PolicyTab.TESTS, tests);
        tabs.add(PolicyTab.SCHEDULE, schedule);
        tabs.add(PolicyTab.HISTORY, history);
        tabs.onSelect(this::showSelected, this::showInUrl);
        add(heading, new OwnerNotice(policies.owner()), tabs);
        desk.load();
    }

    /// Hits come when the rest is there already. They are counted outside of the session's lock, which the answer with
    /// the
    /// rest would wait for.
    @Override
    protected void onAttach(AttachEvent event) {
        var ui = event.getUI();
        Thread.ofVirtual().start(actor.carry(() -> {
            try {
                var counted = hits.hits(DAYS);
                var _ = ui.access(() -> document.showHits(counted));
            } catch (UIDetachedException e) {
                LOG.debug("the screen was closed", e);
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("hits of rules could not be counted");
            }
        }));
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        var wanted = PolicyTab.named(parameters.getSingleParameter("tab").orElse(""));
        document.filter(parameters.getSingleParameter("q").orElse(""));
        tabs.select(wanted);
        if (!entered) {
            entered = true;
            showSelected();
        }
        switch (wanted) {
            case BENCH -> bench.show(BenchInputs.of(parameters), routes());
            case IMPACT -> impact.show(ImpactInputs.of(parameters));
            case HISTORY ->
                parameters
                        .getSingleParameter("version")
                        .ifPresent(version -> history.open(
                                version, parameters.getSingleParameter("with").orElse("")));
            case RULES, CHANGES, TESTS, SCHEDULE -> {}
        }
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (document.editor().isDirty() && !PolicyView.class.equals(event.getNavigationTarget())) {
            var leave = event.postpone();
            Dialogs.confirm(
                    "Leave without saving?",
                    "The document has changes that are not saved as a draft.",
                    "Leave",
                    leave::proceed);
        }
    }

    /// Called whenever the text, its validity, or what is stored has changed.
    private void textChanged() {
        var editor = document.editor();
        var isNew = desk.isNew();
        save.setEnabled(editor.isDirty());
        discard.setEnabled(isNew);
        publish.setEnabled(isNew && editor.isValid());
        heading.state(inForce() + (isNew ? " · this draft is not published" : ""));
        tabs.mark(PolicyTab.CHANGES, isNew);
        document.showCards();
        if (tabs.selected() == PolicyTab.CHANGES || tabs.selected() == PolicyTab.HISTORY) {
            showSelected();
        }
    }

    private String inForce() {
        return desk.published()
                .map(version -> "Version " + version.version() + " is in force, published by " + version.author()
                        + " on " + Moments.toTheSecond(version.publishedAt()))
                .orElse("Nothing has been published yet");
    }

    /// What costs something is read when somebody looks at it.
    private void showSelected() {
        switch (tabs.selected()) {
            case CHANGES ->
                changes.compare(desk.publishedText(), document.editor().text());
            case HISTORY -> history.refresh();
            case TESTS -> tests.refresh();
            case SCHEDULE -> schedule.refresh();
            case BENCH -> bench.show(BenchInputs.of(QueryParameters.simple(bench.parameters())), routes());
            case RULES, IMPACT -> {}
        }
    }

    private Optional<Consumer<BenchPanel.BenchCase>> keep(Actor actor) {
        return Optional.<Consumer<BenchPanel.BenchCase>>of(asked -> tests.offer(
                        asked.evaluation().input(),
                        asked.evaluation().explanation().decision()))
                .filter(_ -> actor.isEditor());
    }

    private static void openProposal(long id) {
        UI.getCurrent().navigate("policy/proposals", QueryParameters.of("proposal", Long.toString(id)));
    }

    private Collection<String> routes() {
        return document.document().map(read -> read.routes().keySet()).orElse(Set.of());
    }

    private void compare(long version, long with) {
        history.open(Long.toString(version), Long.toString(with));
        showInUrl(Map.of("version", Long.toString(version), "with", Long.toString(with)));
    }

    private void restore(PolicyVersion version) {
        desk.restore(version);
        history.refresh();
    }

    private void showInUrl() {
        showInUrl(
                switch (tabs.selected()) {
                    case RULES -> document.filter().isEmpty() ? Map.of() : Map.of("q", document.filter());
                    case BENCH -> bench.parameters();
                    case IMPACT -> impact.parameters();
                    case CHANGES, TESTS, SCHEDULE, HISTORY -> Map.of();
                });
    }

    private void showInUrl(Map<String, String> ofPanel) {
        var parameters = new LinkedHashMap<String, String>();
        if (tabs.selected() != PolicyTab.RULES) {
            parameters.put("tab", tabs.selected().inUrl());
        }
        parameters.putAll(ofPanel);
        getUI().ifPresent(ui -> ui.getPage()
                .getHistory()
                .replaceState(null, new Location("policy", QueryParameters.simple(parameters))));
    }

    private static Button button(String words, ButtonVariant... variants) {
        var button = new Button(words);
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        button.addThemeVariants(variants);
        return button;
    }
}
