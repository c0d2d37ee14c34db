package dev.portcullis.console.routes.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.portcullis.console.components.DataTable;
import dev.portcullis.console.components.EndLine;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.credentials.CredentialRecord;

import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One row for each credential, without its secret.
final class CredentialTable extends Div {
    private static final long serialVersionUID = 1L;

    private final boolean canChange;
    private final transient Clock clock;
    private final transient Consumer<CredentialRecord> rotate;
    private final transient Consumer<CredentialRecord> changeEnd;
    private final transient Consumer<CredentialRecord> remove;
    private final DataTable table =
            new DataTable("Credentials", "Credential", "Shown only to", "Settings", "Used by", "Set", "Ends", "Change");

    CredentialTable(
            boolean canChange,
            Clock clock,
            Consumer<CredentialRecord> rotate,
            Consumer<CredentialRecord> changeEnd,
            Consumer<CredentialRecord> remove) {
        this.canChange = canChange;
        this.clock = clock;
        this.rotate = rotate;
        this.changeEnd = changeEnd;
        this.remove = remove;
        add(table);
    }

    /// @param usedBy the routes that need a credential
    void show(List<CredentialRecord> credentials, Function<String, List<String>> usedBy) {
        table.clear();
        credentials.forEach(credential -> {
            var users = usedBy.apply(credential.name());
            table.row(
                    DataTable.lines(
                            credential.name(),
                            CredentialKind.of(credential.settings().kind()).label()),
                    new Span(String.join(", ", credential.upstreams())),
                    new Span(settings(credential)),
                    new Span(users.isEmpty() ? "No route" : String.join(", ", users)),
                    DataTable.lines(
                            Moments.ago(credential.updatedAt(), clock.instant()) + ", by " + credential.updatedBy(),
                            Moments.toTheSecond(credential.updatedAt()) + " · revision " + credential.revision()),
                    new EndLine(credential.expiresAt(), clock.instant(), "Not known"),
                    actions(credential, users));
        });
    }

    private static String settings(CredentialRecord credential) {
        return credential.settings().settings().properties().stream()
                .filter(setting -> !setting.getKey().equals("upstreams"))
                .map(setting -> setting.getKey() + " " + setting.getValue().asString())
                .collect(Collectors.joining(" · "));
    }

    private Component actions(CredentialRecord credential, List<String> users) {
        if (!canChange) {
            return new Span("Admins only");
        }
        var another = button("New secret…", "New secret for " + credential.name(), () -> rotate.accept(credential));
        var end = button("Change end…", "Change the end of " + credential.name(), () -> changeEnd.accept(credential));
        var delete = button("Delete…", "Delete " + credential.name(), () -> remove.accept(credential));
        delete.setEnabled(users.isEmpty());
        if (!users.isEmpty()) {
            delete.setTooltipText("Needed by " + String.join(", ", users));
        }
        var actions = new Div(another, end, delete);
        actions.addClassName("data-table-actions");
        return actions;
    }

    private static Button button(String text, String label, Runnable action) {
        var button = new Button(text, _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        button.setAriaLabel(label);
        return button;
    }
}
