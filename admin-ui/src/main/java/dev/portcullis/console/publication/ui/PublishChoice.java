package dev.portcullis.console.publication.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;

/// When something is to be published: now, or at a time; and whether somebody else has to approve it. A part for the
/// dialogs that publish.
@StyleSheet("publication.css")
public final class PublishChoice extends Div {
    private static final long serialVersionUID = 1L;
    private static final String NOW = "Now";
    private static final String AT = "At a time";

    private final boolean approval;
    private final transient Clock clock;
    private final transient Runnable changed;
    private final RadioButtonGroup<String> when = new RadioButtonGroup<>("When");
    private final TimeField time = new TimeField("Publish at");

    /// @param approval whether it becomes a proposal, as [dev.portcullis.console.publication.PublicationService]
    ///     says
    /// @param changed told of every choice
    public PublishChoice(boolean approval, Clock clock, Runnable changed) {
        this.approval = approval;
        this.clock = clock;
        this.changed = changed;
        addClassName("publication-choice");
        when.setItems(approval ? "Once approved" : NOW, AT);
        when.setValue(approval ? "Once approved" : NOW);
        when.addValueChangeListener(_ -> {
            time.setVisible(when.getValue().equals(AT));
            check();
        });
        time.setVisible(false);
        time.addValueChangeListener(_ -> check());
        add(when, time, new Paragraph(promise()));
    }

    /// The chosen time; empty for as soon as it may be.
    public Optional<OffsetDateTime> at() {
        return isTimed() ? time.time() : Optional.empty();
    }

    /// Whether what is chosen can be done.
    public boolean isValid() {
        return !isTimed()
                || time.time()
                        .filter(chosen -> chosen.toInstant().isAfter(clock.instant()))
                        .isPresent();
    }

    /// What the button that does it is called.
    public String action() {
        if (approval) {
            return "Propose";
        }
        return isTimed() ? "Schedule" : "Publish";
    }

    private boolean isTimed() {
        return AT.equals(when.getValue());
    }

    private void check() {
        var wrong = isTimed() && time.time().isPresent() && !isValid();
        time.setErrorMessage("A time to come is needed.");
        time.setInvalid(wrong);
        changed.run();
    }

    private String promise() {
        return approval
                ? "Somebody else has to approve it. Until then nothing changes."
                : "Every replica enforces it within a second.";
    }
}
