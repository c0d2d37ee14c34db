package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.portcullis.console.tools.CatalogueEntry;
import dev.portcullis.console.tools.ToolState;
import dev.portcullis.policy.profile.ClassSource;
import dev.portcullis.policy.profile.ToolClass;

import java.util.Optional;
import java.util.function.Supplier;

/// Decides about one tool: what it does, whether what callers are shown is good, and why.
final class ReviewForm extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_REASON = 500;

    private final Select<ToolClass> toolClass = new Select<>();
    private final TextField reason = new TextField("Reason");
    private final transient Supplier<String> definition;

    /// What the form asks for.
    interface Decisions {
        void accept(Review review);

        void classify(Review review);

        void block(Review review);

        void clear(Review review);
    }

    /// @param definition the one that is looked at
    /// @param unsent what was filled in before, when it could not be sent
    ReviewForm(CatalogueEntry entry, Supplier<String> definition, Optional<Review> unsent, Decisions decisions) {
        this.definition = definition;
        var standing = entry.standing();
        addClassName("tools-review");
        toolClass.setLabel("Class");
        toolClass.setItems(ToolClass.values());
        toolClass.setItemLabelGenerator(ToolClass::wireName);
        toolClass.setValue(unsent.map(Review::toolClass).orElse(standing.toolClass()));
        reason.setMaxLength(LONGEST_REASON);
        reason.setPlaceholder("Why? It stays in the history.");
        reason.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        reason.setValue(unsent.map(Review::reason).orElse(""));
        var accept = new Button("Accept this definition", VaadinIcon.CHECK.create(), _ -> decisions.accept(review()));
        accept.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        accept.setVisible(standing.state() != ToolState.ACCEPTED);
        var classify = new Button("Set the class only", _ -> decisions.classify(review()));
        var block = new Button(standing.awaitsReview() ? "Keep blocked" : "Block", _ -> block(decisions));
        block.addThemeVariants(ButtonVariant.LUMO_ERROR);
        block.setVisible(standing.state() != ToolState.BLOCKED);
        block.setTooltipText("Adds a rule that denies the tool to everybody");
        var clear = new Button("Take the decision back", _ -> decisions.clear(review()));
        clear.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
        clear.setVisible(standing.classSource() == ClassSource.REVIEW);
        clear.setTooltipText("The class is again what the profile or the upstream says");
        var buttons = new Div(accept, classify, block, clear);
        buttons.addClassName("tools-buttons");
        var fields = new Div(toolClass, reason);
        fields.addClassName("tools-fields");
        add(fields, buttons);
    }

    private Review review() {
        return new Review(toolClass.getValue(), definition.get(), reason.getValue());
    }

    private void block(Decisions decisions) {
        if (review().reasonGiven().isEmpty()) {
            reason.setErrorMessage("Say why. The rule that blocks it carries the reason.");
            reason.setInvalid(true);
            reason.focus();
        } else {
            decisions.block(review());
        }
    }
}
