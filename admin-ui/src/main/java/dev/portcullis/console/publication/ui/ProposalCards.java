package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.publication.Proposal;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// Proposals, one under the other.
final class ProposalCards extends UnorderedList {
    private static final long serialVersionUID = 1L;

    private final transient LongConsumer open;
    private final transient Function<Proposal, List<Component>> actions;

    /// @param open called with the number of the one that somebody wants to see
    /// @param actions what else can be done with one
    ProposalCards(LongConsumer open, Function<Proposal, List<Component>> actions) {
        this.open = open;
        this.actions = actions;
        addClassName("publication-cards");
    }

    void show(List<Proposal> proposals, long selected) {
        removeAll();
        proposals.forEach(proposal -> add(card(proposal, proposal.id() == selected)));
    }

    private ListItem card(Proposal proposal, boolean selected) {
        var title = new Button("#" + proposal.id() + " " + proposal.comment(), _ -> open.accept(proposal.id()));
        title.addThemeVariants(ButtonVariant.LUMO_TERTIARY_INLINE);
        title.addClassName("publication-title");
        var first = new Div(title, ProposalStates.chip(proposal));
        first.addClassName("publication-line");
        var who = new Span(ProposalStates.line(proposal));
        who.addClassName("secondary");
        var card = new ListItem(first, who);
        card.addClassNames("panel", "publication-card");
        if (selected) {
            card.addClassName("publication-selected");
            title.getElement().setAttribute("aria-current", "true");
        }
        card.add(actions.apply(proposal));
        return card;
    }
}
