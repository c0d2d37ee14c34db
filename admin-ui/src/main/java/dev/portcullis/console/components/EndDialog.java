package dev.portcullis.console.components;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.portcullis.console.api.ConflictException;
import org.springframework.security.access.AccessDeniedException;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks for another end of something that has one, or none yet.
public final class EndDialog extends Dialog {
    private static final long serialVersionUID = 1L;

    private final EndField end;
    private final transient Consumer<Optional<OffsetDateTime>> change;

    /// @param what whose end it is, for the title
    /// @param meaning what happens then
    /// @param change takes the end; throws an [IllegalArgumentException], or a [ConflictException] when
    ///     somebody else was first
    public EndDialog(
            String what,
            String meaning,
            Optional<OffsetDateTime> now,
            Clock clock,
            Consumer<Optional<OffsetDateTime>> change) {
        this.change = change;
        this.end = new EndField(clock, "Empty for no end.");
        setHeaderTitle("End of " + what);
        setWidth("28rem");
        end.show(now);
        add(new Div(
                new Paragraph(meaning),
                new Paragraph(
                        now.map(at -> "Now: " + Moments.toTheSecond(at) + ".").orElse("Now: no end.")),
                end));
        end.focus();
        var confirm = new Button("Change the end", _ -> submit());
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), confirm);
    }

    private void submit() {
        try {
            change.accept(end.end());
            close();
        } catch (IllegalArgumentException | ConflictException e) {
            end.refuse(String.valueOf(e.getMessage()));
        } catch (AccessDeniedException e) {
            end.refuse("Only auditors may let others see longer what callers have sent.");
        }
    }
}
