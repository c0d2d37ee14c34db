package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.publication.Proposal;
import dev.portcullis.console.publication.ProposalService;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/// What is published at a time to come, and what came of what was. A part of a screen.
@StyleSheet("publication.css")
public final class SchedulePanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;
    private static final int PAST = 20;

    private final transient ProposalService proposals;
    private final transient Actor actor;
    private final ProposalCards waiting;
    private final ProposalCards past;

    /// @param open called with the number of a proposal that somebody wants to see
    public SchedulePanel(ProposalService proposals, Actor actor, LongConsumer open) {
        this.proposals = proposals;
        this.actor = actor;
        addClassName("publication-schedule");
        waiting = new ProposalCards(open, this::actions);
        past = new ProposalCards(open, _ -> List.of());
        refresh();
    }

    /// Reads everything again.
    public void refresh() {
        removeAll();
        var scheduled = proposals.list(List.of(Proposal.State.SCHEDULED), OptionalLong.empty(), SHOWN).stream()
                .sorted(Comparator.comparing(
                        proposal -> proposal.publishAt().orElseThrow().toInstant()))
                .toList();
        var ended = proposals
                .list(
                        List.of(Proposal.State.PUBLISHED, Proposal.State.REFUSED, Proposal.State.CANCELLED),
                        OptionalLong.empty(),
                        SHOWN)
                .stream()
                .filter(proposal -> proposal.publishAt().isPresent())
                .limit(PAST)
                .toList();
        if (scheduled.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.CLOCK,
                    "Nothing is scheduled",
                    "Choose a time when you publish, and it waits here for it."));
        } else {
            waiting.show(scheduled, 0);
            add(new H2("Waiting for its time"), waiting);
        }
        if (!ended.isEmpty()) {
            past.show(ended, 0);
            add(new H2("What came of others"), past);
        }
    }

    private List<Component> actions(Proposal proposal) {
        if (!actor.isEditor()) {
            return List.of();
        }
        var cancel = new Button("Cancel…", _ -> askToCancel(proposal));
        cancel.addThemeVariants(ButtonVariant.LUMO_SMALL);
        cancel.setAriaLabel("Cancel the publication of #" + proposal.id());
        return List.of(cancel);
    }

    private void askToCancel(Proposal proposal) {
        new WordsDialog(
                        "Cancel #" + proposal.id() + "?",
                        "It is not published when its time comes.",
                        "Reason",
                        "Cancel publication",
                        reason -> Attempts.attempt(() -> {
                            proposals.cancel(proposal.id(), Optional.of(reason), actor.name());
                            refresh();
                        }))
                .open();
    }
}
