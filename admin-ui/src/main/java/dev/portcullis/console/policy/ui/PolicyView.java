package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.ScreenTabs;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyDraft;
import dev.portcullis.console.policy.PolicyOwner;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.StalePolicyException;
import jakarta.annotation.security.RolesAllowed;

import java.util.Optional;

/// The policy: write, compare, publish, look back.
@Route("policy")
@PageTitle("Policy · Portcullis")
@Menu(title = "Policy", order = 2, icon = "vaadin:file-code")
@RolesAllowed(Roles.VIEWER)
class PolicyView extends Div implements BeforeEnterObserver, BeforeLeaveObserver {
    private static final long serialVersionUID = 1L;

    private final transient PolicyService policies;
    private final transient Actor actor;
    private final boolean canWrite;
    private final ViewHeading heading;
    private final EditorPanel editor;
    private final ChangesPanel changes = new ChangesPanel();
    private final HistoryPanel history;
    private final ScreenTabs tabs = new ScreenTabs();
    private final Tab changesTab;
    private final Tab historyTab;
    private final Button save = new Button("Save draft", _ -> save());
    private final Button discard = new Button("Discard", _ -> discard());
    private final Button publish = new Button("Publish…", _ -> askToPublish());
    private transient PolicyDraft draft;
    private transient Optional<PolicyVersion> published = Optional.empty();

    PolicyView(PolicyService policies, Actor actor) {
        this.policies = policies;
        this.actor = actor;
        this.canWrite = actor.isEditor() && policies.owner() instanceof PolicyOwner.Console;
        this.draft = policies.draft();
        addClassName("view");
        save.addThemeVariants(ButtonVariant.LUMO_SMALL);
        discard.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        publish.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_PRIMARY);
        heading = new ViewHeading("Policy", discard, save, publish);
        editor = new EditorPanel(policies, this::showWhatCanBeDone);
        history = new HistoryPanel(policies, canWrite, this::restore);
        tabs.add("Document", editor);
        changesTab = tabs.add("Changes", changes);
        historyTab = tabs.add("History", history);
        tabs.addClassName("policy-tabs");
        tabs.addSelectedChangeListener(event -> selected(event.getSelectedTab()));
        add(heading, new OwnerNotice(policies.owner()), tabs);
        load();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        var parameters = event.getLocation().getQueryParameters();
        parameters
                .getSingleParameter("tab")
                .ifPresent(tab -> tabs.setSelectedTab(tab.equals("history") ? historyTab : changesTab));
        parameters.getSingleParameter("version").ifPresent(history::open);
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        if (editor.isDirty()) {
            var leave = event.postpone();
            Dialogs.confirm(
                    "Leave without saving?",
                    "The document has changes that are not saved as a draft.",
                    "Leave",
                    leave::proceed);
        }
    }

    private void load() {
        draft = policies.draft();
        published = policies.published();
        editor.show(draft.document());
        history.refresh();
        showWhatCanBeDone();
    }

    /// Called whenever the text, its validity, or what is stored has changed.
    private void showWhatCanBeDone() {
        var text = editor.text();
        var isNew = !published.map(PolicyVersion::document).orElse("").equals(text);
        editor.setReadOnly(!canWrite);
        save.setVisible(canWrite);
        discard.setVisible(canWrite);
        publish.setVisible(canWrite);
        save.setEnabled(editor.isDirty());
        discard.setEnabled(isNew);
        publish.setEnabled(isNew && editor.isValid());
        heading.state(inForce() + (isNew ? " · this draft is not published" : ""));
        changes.compare(published.map(PolicyVersion::document).orElse(""), text);
        changesTab.setLabel(isNew ? "Changes •" : "Changes");
    }

    private String inForce() {
        return published
                .map(version -> "Version " + version.version() + " is in force, published by " + version.author()
                        + " on " + Moments.toTheSecond(version.publishedAt()))
                .orElse("Nothing has been published yet");
    }

    private void selected(Component tab) {
        if (historyTab.equals(tab)) {
            history.refresh();
        }
    }

    private void save() {
        try {
            draft = policies.saveDraft(editor.text(), actor.name(), Expectation.of(draft.tag()));
            editor.saved();
            showWhatCanBeDone();
            Notification.show("Draft saved");
        } catch (StalePolicyException e) {
            tellStale();
        }
    }

    private void discard() {
        Dialogs.confirm("Discard the draft?", "The document goes back to the published version.", "Discard", () -> {
            try {
                policies.discardDraft(actor.name(), Expectation.of(draft.tag()));
                load();
            } catch (StalePolicyException e) {
                tellStale();
            }
        });
    }

    private void askToPublish() {
        new PublishDialog(changes.summary(), this::publish).open();
    }

    private void publish(String comment) {
        try {
            var saved = policies.saveDraft(editor.text(), actor.name(), Expectation.of(draft.tag()));
            draft = saved;
            var version = policies.publishDraft(comment, actor.name(), whatWasCompared());
            load();
            var told = Notification.show("Version " + version + " is published");
            told.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
        } catch (StalePolicyException e) {
            tellStale();
        } catch (InvalidPolicyException e) {
            editor.validate();
            tell("The document is not valid; nothing was published.");
        } catch (InvalidModulesException e) {
            tell("The organization's own Rego cannot be used; nothing was published. " + e.getMessage());
        }
    }

    private void restore(PolicyVersion version) {
        try {
            var restored = policies.restore(version.version(), actor.name(), whatWasCompared());
            load();
            var told = Notification.show(
                    "Version " + version.version() + " is in force again, as version " + restored.orElseThrow());
            told.addThemeVariants(NotificationVariant.LUMO_SUCCESS);
            getUI().ifPresent(ui -> ui.navigate(PolicyView.class, QueryParameters.of("tab", "history")));
        } catch (StalePolicyException e) {
            tellStale();
        } catch (InvalidPolicyException e) {
            tell("Version " + version.version() + " is no longer a valid document; nothing was published.");
        } catch (InvalidModulesException e) {
            tell("The organization's own Rego of version " + version.version()
                    + " can no longer be used; nothing was published. " + e.getMessage());
        }
    }

    /// The version in force that the user has seen the differences from.
    private Expectation whatWasCompared() {
        return Expectation.of(published.map(PolicyVersion::tag).orElseGet(() -> Expectation.versionTag(0)));
    }

    /// Nothing of the user's work is lost: the text stays, and what is stored is read again to compare
    /// with.
    private void tellStale() {
        var seen = published.map(PolicyVersion::version).orElse(0L);
        draft = policies.draft();
        published = policies.published();
        var newer = published.filter(version -> version.version() != seen);
        showWhatCanBeDone();
        new StaleDialog(
                        newer.map(PolicyView::who).orElseGet(() -> who(draft)),
                        newer.map(PolicyVersion::document).orElseGet(() -> draft.document()),
                        editor.text(),
                        this::load)
                .open();
    }

    private static String who(PolicyVersion version) {
        return version.author() + " published version " + version.version() + " on "
                + Moments.toTheSecond(version.publishedAt()) + ": “" + version.comment() + "”.";
    }

    private static String who(PolicyDraft draft) {
        return draft.edited()
                .map(edited -> edited.author() + " saved the draft on " + Moments.toTheSecond(edited.updatedAt()) + ".")
                .orElse("The draft is another one.");
    }

    private static void tell(String sentence) {
        var told = Notification.show(sentence, 12_000, Notification.Position.TOP_CENTER);
        told.addThemeVariants(NotificationVariant.LUMO_ERROR);
    }
}
