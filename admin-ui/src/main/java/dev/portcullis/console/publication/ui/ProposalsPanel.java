package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.publication.Proposal;
import dev.portcullis.console.publication.ProposalService;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What waits for a second person, or for its time: look at it, approve it, turn it down. A part of a screen, which
/// keeps its [State] in the URL.
@StyleSheet("publication.css")
public final class ProposalsPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;
    private static final String WAITING = "Waiting";
    private static final String ALL = "All";

    private final transient ProposalService proposals;
    private final transient Actor actor;
    private final transient Consumer<State> moved;
    private final Select<String> filter = new Select<>();
    private final ProposalCards cards = new ProposalCards(this::open, _ -> List.of());
    private final Div list = new Div();
    private final Div reviewPlace = new Div();
    private transient State state = new State(false, OptionalLong.empty());

    /// What is shown.
    ///
    /// @param all whether those that do not wait any more are listed too
    /// @param open the number of the one that is looked at
    public record State(boolean all, OptionalLong open) {}

    /// @param moved told when somebody wants to see something else; whoever is told calls [#show]
    public ProposalsPanel(ProposalService proposals, Actor actor, Consumer<State> moved) {
        this.proposals = proposals;
        this.actor = actor;
        this.moved = moved;
        addClassName("publication-panel");
        filter.setLabel("Show");
        filter.setItems(WAITING, ALL);
        filter.setValue(WAITING);
        filter.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                moved.accept(new State(ALL.equals(event.getValue()), state.open()));
            }
        });
        list.addClassName("publication-list");
        reviewPlace.addClassName("publication-place");
        reviewPlace.getElement().setAttribute("aria-live", "polite");
        add(list, reviewPlace);
    }

    public void show(State wanted) {
        state = wanted;
        filter.setValue(wanted.all() ? ALL : WAITING);
        refresh();
    }

    /// Reads everything again.
    public void refresh() {
        var states = state.all() ? Arrays.asList(Proposal.State.values()) : Proposal.State.waiting();
        var found = proposals.list(states, OptionalLong.empty(), SHOWN);
        cards.show(found, state.open().orElse(0));
        list.removeAll();
        list.add(filter);
        if (found.isEmpty()) {
            list.add(
                    new EmptyState(
                            VaadinIcon.CHECK_CIRCLE,
                            state.all() ? "Nothing was ever proposed" : "Nothing is waiting",
                            "Where a second person has to approve, or a time is chosen, what is published appears here first."));
        } else {
            list.add(cards);
        }
        if (found.size() == SHOWN) {
            list.add(new Paragraph("Older ones are in the REST API."));
        }
        showReview();
    }

    private void showReview() {
        reviewPlace.removeAll();
        reviewPlace.setVisible(state.open().isPresent());
        state.open()
                .ifPresent(id -> proposals
                        .find(id)
                        .ifPresentOrElse(
                                detail -> reviewPlace.add(new ProposalReview(proposals, actor, detail, this::decided)),
                                () -> reviewPlace.add(new EmptyState(
                                        VaadinIcon.QUESTION_CIRCLE,
                                        "No proposal " + id,
                                        "There is none of that number."))));
    }

    private void open(long id) {
        moved.accept(new State(state.all(), OptionalLong.of(id)));
    }

    private void decided(long id) {
        moved.accept(new State(state.all(), OptionalLong.of(id)));
        refresh();
    }
}
