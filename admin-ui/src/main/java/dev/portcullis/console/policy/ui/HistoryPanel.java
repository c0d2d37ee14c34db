package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.policy.PolicyService;
import dev.portcullis.console.policy.PolicyVersion;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Every published version, newest first: look at it, compare it with any other, bring it back.
final class HistoryPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 100;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final transient PolicyService policies;
    private final boolean canRestore;
    private final transient Consumer<PolicyVersion> restore;
    private final CompareBar compare;
    private final Grid<PolicyVersion> grid = new Grid<>();
    private final Button older = new Button("Show older versions", _ -> showOlder());
    private final transient List<PolicyVersion> versions = new ArrayList<>();
    private long inForce;

    /// @param compared is told which two versions somebody compares
    HistoryPanel(
            PolicyService policies, boolean canRestore, Consumer<PolicyVersion> restore, CompareBar.Listener compared) {
        this.policies = policies;
        this.canRestore = canRestore;
        this.restore = restore;
        addClassName("history-panel");
        compare = new CompareBar(compared);
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
        grid.addColumn(new ComponentRenderer<Component, PolicyVersion>(this::description))
                .setHeader("Version")
                .setFlexGrow(1);
        grid.addColumn(new ComponentRenderer<Component, PolicyVersion>(this::actions))
                .setHeader("Actions")
                .setAutoWidth(true)
                .setFlexGrow(0);
        grid.setEmptyStateComponent(
                new EmptyState(VaadinIcon.TIME_BACKWARD, "No versions yet", "The first publication will appear here."));
        older.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        add(compare, grid, older);
    }

    void refresh() {
        versions.clear();
        read(OptionalLong.empty());
        inForce = versions.isEmpty() ? 0 : versions.getFirst().version();
        compare.show(inForce);
    }

    /// Opens the version with this number, if there is one.
    ///
    /// @param with the number of the one it is compared with; nothing for the one before
    void open(String number, String with) {
        if (NUMBER.matcher(number).matches()) {
            policies.version(Long.parseLong(number))
                    .ifPresent(version -> open(
                            version, NUMBER.matcher(with).matches() ? Long.parseLong(with) : version.version() - 1));
        }
    }

    private void open(PolicyVersion version, long with) {
        new VersionDialog(version, policies.version(with)).open();
    }

    private void showOlder() {
        read(OptionalLong.of(versions.getLast().version()));
    }

    private void read(OptionalLong before) {
        var page = policies.history(before, PAGE);
        versions.addAll(page);
        older.setVisible(page.size() == PAGE);
        grid.setItems(List.copyOf(versions));
    }

    private Component description(PolicyVersion version) {
        var number = new Span("Version " + version.version());
        number.addClassName("version-number");
        var line = new Div(number);
        line.addClassName("version-line");
        if (version.version() == inForce) {
            line.add(new Chip("in force", Tone.GOOD));
        }
        var comment = new Span(version.comment());
        var who = new Span(version.author() + " · " + Moments.toTheSecond(version.publishedAt())
                + version.source().map(source -> " · from " + source).orElse(""));
        who.addClassName("secondary");
        var cell = new Div(line, comment, who);
        cell.addClassName("version");
        return cell;
    }

    private Component actions(PolicyVersion version) {
        var view = new Button("View", _ -> open(version, version.version() - 1));
        view.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        view.setAriaLabel("View version " + version.version());
        var cell = new Div(view);
        cell.addClassName("policy-version-actions");
        if (version.version() != inForce) {
            var differences = new Button("Compare", _ -> open(versionInForce(), version.version()));
            differences.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
            differences.setAriaLabel("Compare version " + version.version() + " with the one in force");
            cell.add(differences);
        }
        if (canRestore && version.version() != inForce) {
            var back = new Button("Restore", _ -> askToRestore(version));
            back.addThemeVariants(ButtonVariant.LUMO_SMALL);
            back.setAriaLabel("Restore version " + version.version());
            cell.add(back);
        }
        return cell;
    }

    private PolicyVersion versionInForce() {
        return versions.getFirst();
    }

    private void askToRestore(PolicyVersion version) {
        Dialogs.confirm(
                "Restore version " + version.version() + "?",
                "Its document is published again as a new version. Every replica enforces it within a second.",
                "Restore",
                () -> restore.accept(version));
    }
}
