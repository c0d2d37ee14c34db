package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.api.ConflictException;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.policy.Expectation;
import dev.portcullis.console.policy.InvalidModulesException;
import dev.portcullis.console.policy.InvalidPolicyException;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policy.PolicyDraft;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;
import dev.portcullis.console.policy.StalePolicyException;
import dev.portcullis.console.policy.Submitted;
import dev.portcullis.console.policytests.FailedTestsException;
import dev.portcullis.console.publication.PublicationService;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Where the draft is saved, published and thrown away, and earlier versions are brought back. Nothing of anybody's
/// work is lost: who was slower is told, and keeps the text.
final class DraftDesk {
    private final PolicyService policies;
    private final PublicationService publications;
    private final Actor actor;
    private final Clock clock;
    private final EditorPanel editor;
    private final Runnable changed;
    private PolicyDraft draft;
    private Optional<PolicyVersion> published;
    private String unsentComment = "";

    /// One that has yet to [#load].
    ///
    /// @param changed is told whenever something else is stored
    DraftDesk(
            PolicyService policies,
            PublicationService publications,
            Actor actor,
            Clock clock,
            EditorPanel editor,
            Runnable changed) {
        this.policies = policies;
        this.publications = publications;
        this.clock = clock;
        this.actor = actor;
        this.editor = editor;
        this.changed = changed;
        this.draft = new PolicyDraft("", 0, Optional.empty());
        this.published = Optional.empty();
    }

    void load() {
        draft = policies.draft();
        published = policies.published();
        editor.show(draft.document());
        changed.run();
    }

    Optional<PolicyVersion> published() {
        return published;
    }

    /// The document in force; nothing when there is none.
    String publishedText() {
        return published.map(PolicyVersion::document).orElse("");
    }

    boolean isNew() {
        return !publishedText().equals(editor.text());
    }

    /// The draft as it stands on the screen.
    PolicyChoice asShown() {
        return editor.isDirty() ? new PolicyChoice.Document(editor.text()) : new PolicyChoice.Draft();
    }

    void save() {
        try {
            draft = policies.saveDraft(editor.text(), actor.name(), Expectation.of(draft.tag()));
            editor.saved();
            changed.run();
            Notification.show("Draft saved");
        } catch (StalePolicyException e) {
            tellStale();
        }
    }

    void askToDiscard() {
        Dialogs.confirm("Discard the draft?", "The document goes back to the published version.", "Discard", () -> {
            try {
                policies.discardDraft(actor.name(), Expectation.of(draft.tag()));
                load();
            } catch (StalePolicyException e) {
                tellStale();
            }
        });
    }

    void askToPublish() {
        new PublishDialog(
                        ChangeSummary.between(publishedText(), editor.text()),
                        unsentComment,
                        publications.needsApproval(),
                        clock,
                        this::publish)
                .open();
    }

    private void publish(String comment, Optional<OffsetDateTime> at) {
        unsentComment = comment;
        try {
            draft = policies.saveDraft(editor.text(), actor.name(), Expectation.of(draft.tag()));
            var submitted = publications.publishDraft(comment, actor.name(), at, whatWasCompared());
            unsentComment = "";
            load();
            done(
                    switch (submitted) {
                        case Submitted.Published(var version) -> "Version " + version + " is published";
                        case Submitted.Waiting waiting -> waiting(waiting);
                    });
        } catch (StalePolicyException e) {
            tellStale();
        } catch (InvalidPolicyException e) {
            editor.validate();
            Dialogs.tell("The document is not valid; nothing was published.");
        } catch (InvalidModulesException e) {
            Dialogs.tell("The organization's own Rego cannot be used; nothing was published. " + e.getMessage());
        } catch (ConflictException | FailedTestsException | IllegalArgumentException e) {
            Dialogs.tell(String.valueOf(e.getMessage()));
        }
    }

    void restore(PolicyVersion version) {
        try {
            var restored = publications
                    .restore(version.version(), actor.name(), Optional.empty(), whatWasCompared())
                    .orElseThrow();
            load();
            done(
                    switch (restored) {
                        case Submitted.Published(var again) ->
                            "Version " + version.version() + " is in force again, as version " + again;
                        case Submitted.Waiting waiting -> waiting(waiting);
                    });
        } catch (StalePolicyException e) {
            tellStale();
        } catch (InvalidPolicyException e) {
            Dialogs.tell("Version " + version.version() + " is no longer a valid document; nothing was published.");
        } catch (InvalidModulesException e) {
            Dialogs.tell("The organization's own Rego of version " + version.version()
                    + " can no longer be used; nothing was published. " + e.getMessage());
        } catch (ConflictException | FailedTestsException e) {
            Dialogs.tell(String.valueOf(e.getMessage()));
        }
    }

    private static String waiting(Submitted.Waiting waiting) {
        return "Proposal " + waiting.proposal()
                + (waiting.forApproval()
                        ? " waits for somebody else to approve it"
                        : waiting.at()
                                .map(time -> " is published on " + Moments.toTheSecond(time))
                                .orElse(" waits"));
    }

    /// The version in force that the user has seen the differences from.
    private Expectation whatWasCompared() {
        return Expectation.of(published.map(PolicyVersion::tag).orElseGet(() -> Expectation.versionTag(0)));
    }

    /// The text stays, and what is stored is read again to compare with.
    private void tellStale() {
        var seen = published.map(PolicyVersion::version).orElse(0L);
        draft = policies.draft();
        published = policies.published();
        var newer = published.filter(version -> version.version() != seen);
        changed.run();
        new StaleDialog(
                        newer.map(DraftDesk::who).orElseGet(() -> who(draft)),
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

    private static void done(String sentence) {
        Notification.show(sentence).addThemeVariants(NotificationVariant.LUMO_SUCCESS);
    }
}
