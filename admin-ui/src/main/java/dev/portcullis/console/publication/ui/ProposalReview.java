package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.policy.Submitted;
import dev.portcullis.console.publication.Proposal;
import dev.portcullis.console.publication.ProposalDetail;
import dev.portcullis.console.publication.ProposalService;
import dev.portcullis.policy.document.DocumentDiff;

import java.util.Optional;
import java.util.function.LongConsumer;

/// One proposal: what it changes, in meaning and in text, and what can be decided about it.
final class ProposalReview extends Div {
    private static final long serialVersionUID = 1L;

    private final transient ProposalService proposals;
    private final transient Actor actor;
    private final transient ProposalDetail detail;
    private final transient LongConsumer changed;

    /// @param changed called with the number of the proposal to show, when something was decided
    ProposalReview(ProposalService proposals, Actor actor, ProposalDetail detail, LongConsumer changed) {
        this.proposals = proposals;
        this.actor = actor;
        this.detail = detail;
        this.changed = changed;
        var proposal = detail.proposal();
        addClassNames("panel", "publication-review");
        var title = new Div(new H2("#" + proposal.id() + " " + proposal.comment()), ProposalStates.chip(proposal));
        title.addClassName("publication-line");
        add(title, facts(proposal));
        if (proposal.isWaiting() && !detail.baseInForce()) {
            add(note("Version " + proposal.baseVersion() + ", for which it was made, is not in force any more. "
                    + (proposal.state() == Proposal.State.OPEN
                            ? "Its author has to propose it again before anybody can approve it."
                            : "It will be refused when its time comes.")));
        }
        add(actions(proposal));
        showChanges();
    }

    private Facts facts(Proposal proposal) {
        return new Facts()
                .fact("Proposed", proposal.author() + ", " + Moments.toTheSecond(proposal.madeAt()))
                .fact("Made for", "version " + proposal.baseVersion() + (detail.baseInForce() ? ", in force" : ""))
                .fact("Restores", proposal.restores().map(version -> "version " + version))
                .fact("Replaces", proposal.replaces().map(other -> "#" + other))
                .fact("From", proposal.source())
                .fact("To be published", proposal.publishAt().map(Moments::toTheSecond))
                .fact(
                        "Approved",
                        proposal.approval()
                                .map(approval -> approval.approver() + ", " + Moments.toTheSecond(approval.at()) + ": “"
                                        + approval.comment() + "”"))
                .fact(
                        "Outcome",
                        proposal.ending()
                                .map(_ -> ProposalStates.outcome(proposal).substring(3)));
    }

    private static Paragraph note(String sentence) {
        var note = new Paragraph(sentence);
        note.addClassName("publication-note");
        note.getElement().setAttribute("role", "note");
        return note;
    }

    private Div actions(Proposal proposal) {
        var actions = new Div();
        actions.addClassName("view-actions");
        if (proposal.state() == Proposal.State.OPEN) {
            if (actor.isApprover()) {
                var approve = new Button("Approve…", _ -> askToApprove());
                approve.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
                approve.setEnabled(detail.baseInForce() && proposals.mayApprove(proposal));
                var reject = new Button("Reject…", _ -> askToReject());
                actions.add(approve, reject);
                if (!proposals.mayApprove(proposal)) {
                    add(note("Somebody else than its author has to approve it."));
                }
            }
            var own = actor.isEditor() && proposals.isOwn(proposal);
            if (own && !detail.baseInForce()) {
                actions.add(new Button("Propose again", _ -> refresh()));
            }
            if (own || actor.isAdmin()) {
                actions.add(new Button(
                        "Withdraw", _ -> decide("Withdrawn", () -> proposals.withdraw(id(), actor.name()))));
            }
        }
        if (proposal.state() == Proposal.State.SCHEDULED && actor.isEditor()) {
            actions.add(new Button("Cancel…", _ -> askToCancel()));
        }
        return actions;
    }

    private void askToApprove() {
        var time = new TimeField("Publish at");
        time.setHelperText("UTC; empty for "
                + detail.proposal()
                        .publishAt()
                        .map(at -> Moments.toTheSecond(at))
                        .orElse("at once"));
        new WordsDialog(
                        "Approve #" + id() + "?",
                        "It is checked and tested once more. Every replica enforces it within a second.",
                        "Comment",
                        "Approve",
                        comment -> approve(comment, time),
                        time)
                .open();
    }

    private boolean approve(String comment, TimeField time) {
        return Attempts.attempt(() -> {
            switch (proposals.approve(id(), comment, time.time(), actor.name())) {
                case Submitted.Published(var version) -> Attempts.done("Version " + version + " is published");
                case Submitted.Waiting(var _, var _, var at) ->
                    Attempts.done(
                            "It is published " + at.map(Moments::toTheSecond).orElse("in time"));
            }
            changed.accept(id());
        });
    }

    private void askToReject() {
        new WordsDialog(
                        "Reject #" + id() + "?",
                        "Its author is told the reason. Nothing is published.",
                        "Reason",
                        "Reject",
                        reason -> decide("Rejected", () -> proposals.reject(id(), reason, actor.name())))
                .open();
    }

    private void askToCancel() {
        new WordsDialog(
                        "Cancel #" + id() + "?",
                        "It is not published when its time comes.",
                        "Reason",
                        "Cancel publication",
                        reason -> decide("Cancelled", () -> proposals.cancel(id(), Optional.of(reason), actor.name())))
                .open();
    }

    private boolean decide(String done, Runnable decision) {
        return Attempts.attempt(() -> {
            decision.run();
            Attempts.done(done);
            changed.accept(id());
        });
    }

    private void refresh() {
        var _ = Attempts.attempt(() -> {
            var made = proposals.refresh(id(), actor.name()).proposal().id();
            Attempts.done("It is proposed again, as #" + made);
            changed.accept(made);
        });
    }

    private long id() {
        return detail.proposal().id();
    }

    private void showChanges() {
        add(new H3("What it changes"));
        var sentences = new UnorderedList();
        sentences.addClassName("publication-changes");
        detail.changes().stream()
                .map(DocumentDiff.Change::describe)
                .forEach(sentence -> sentences.add(new ListItem(sentence)));
        detail.modules()
                .forEach(
                        module -> sentences.add(new ListItem("Rego module " + module.path() + " is " + module.kind())));
        if (sentences.getComponentCount() == 0) {
            sentences.add(new ListItem("Nothing in meaning."));
        }
        add(sentences);
        if (!detail.text().isEmpty()) {
            add(new ChangedText("Lines of the document that differ", detail.text()));
        }
        detail.modules()
                .forEach(module -> add(
                        new H3(module.path()),
                        new ChangedText("Lines of " + module.path() + " that differ", module.text())));
    }
}
