package dev.portcullis.console.policytests.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.server.streams.DownloadEvent;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.policytests.AskedCase;
import dev.portcullis.console.policytests.PolicyTest;
import dev.portcullis.console.policytests.PolicyTestCase;
import dev.portcullis.console.policytests.PolicyTestService;
import dev.portcullis.console.policytests.TestResult;
import dev.portcullis.console.publication.ui.Attempts;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.PolicyInput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The regression tests of the policy: run them, write them, take them over from a file. A part of a screen.
@StyleSheet("policytests.css")
public final class TestsPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final String NEW_NAME = "From the test bench";

    private final transient PolicyTestService tests;
    private final transient Actor actor;
    private final transient Supplier<PolicyChoice> candidate;
    private final boolean canWrite;
    private final Paragraph summary = new Paragraph();
    private final Div list = new Div();
    private transient Map<PolicyTestCase, TestResult> results = Map.of();

    /// @param candidate the policy that they are run against: the draft, or the text that is being written
    public TestsPanel(PolicyTestService tests, Actor actor, Supplier<PolicyChoice> candidate) {
        this.tests = tests;
        this.actor = actor;
        this.candidate = candidate;
        this.canWrite = actor.isEditor();
        addClassName("policytests-panel");
        var run = new Button("Run tests", _ -> run());
        run.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_PRIMARY);
        var add = new Button("New test…", _ -> edit(Optional.empty()));
        var take = new Button("Import…", _ -> askForFile());
        for (var button : List.of(add, take)) {
            button.addThemeVariants(ButtonVariant.LUMO_SMALL);
            button.setVisible(canWrite);
        }
        var export = new Anchor(this::export, AttachmentType.DOWNLOAD, "Export YAML");
        export.addClassName("export-link");
        var actions = new Div(run, add, take, export);
        actions.addClassName("view-actions");
        summary.addClassName("secondary");
        summary.getElement().setAttribute("role", "status");
        add(actions, summary, list);
        refresh();
    }

    /// Reads the tests again; what their last run said stays beside those that are as they were.
    public void refresh() {
        var known = tests.list();
        list.removeAll();
        if (known.isEmpty()) {
            list.add(
                    new EmptyState(
                            VaadinIcon.FLASK,
                            "No regression tests",
                            "A test is a request and what has to be decided about it. Nothing is published that decides otherwise."));
        } else {
            var cards = new UnorderedList();
            cards.addClassName("policytests-cards");
            known.forEach(test -> cards.add(card(test)));
            list.add(cards);
        }
        summary.setText(summary(known));
    }

    /// Lets somebody keep a request that they have tried out, with what was decided.
    public void offer(PolicyInput input, Decision decision) {
        var _ = Attempts.attempt(
                () -> new TestDialog(AskedCase.of(NEW_NAME, input, decision, Optional.empty()), this::save).open());
    }

    private TestCard card(PolicyTest test) {
        var card = new TestCard(test, Optional.ofNullable(results.get(test.content())));
        return canWrite ? card.with(() -> edit(Optional.of(test)), () -> askToDelete(test), test.name()) : card;
    }

    private String summary(List<PolicyTest> known) {
        if (results.isEmpty() || known.isEmpty()) {
            return known.size() + (known.size() == 1 ? " test" : " tests");
        }
        var failed =
                results.values().stream().filter(result -> !result.passed()).count();
        var blocking = results.values().stream().filter(TestResult::blocks).count();
        return results.size() - failed + " passed, " + failed + " failed"
                + (blocking > 0 ? "; publication is refused" : "");
    }

    private void run() {
        var _ = Attempts.attempt(() -> {
            results = tests.run(candidate.get()).stream()
                    .collect(Collectors.toMap(TestResult::test, Function.identity()));
            refresh();
        });
    }

    private void edit(Optional<PolicyTest> known) {
        new TestDialog(known, this::save).open();
    }

    private boolean save(PolicyTestCase test, long revision) {
        return Attempts.attempt(() -> {
            var _ = tests.save(test, actor.name(), Set.of(revision));
            refresh();
        });
    }

    private void askToDelete(PolicyTest test) {
        var dialog = new ConfirmDialog(
                "Delete the test “" + test.name() + "”?",
                "Publication does not wait for it any more. Its versions stay on record.",
                "Delete",
                _ -> Attempts.attempt(() -> {
                    var _ = tests.delete(test.name(), actor.name(), Set.of(test.revision()));
                    refresh();
                }));
        dialog.setCancelable(true);
        dialog.open();
    }

    private void askForFile() {
        var dialog = new Dialog("Import tests");
        dialog.setWidth("38rem");
        var text = new TextArea("Scenario file");
        text.setHelperText("YAML with title and cases, as portcullis policy test runs it");
        text.setWidthFull();
        text.setMinRows(12);
        text.addClassName("policytests-code");
        text.focus();
        var take = new Button("Import", _ -> {
            if (takeOver(text.getValue())) {
                dialog.close();
            }
        });
        take.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        dialog.add(text);
        dialog.getFooter().add(new Button("Cancel", _ -> dialog.close()), take);
        dialog.open();
    }

    private boolean takeOver(String file) {
        return Attempts.attempt(() -> {
            Notification.show(tests.importFile(file, actor.name()) + " tests written");
            refresh();
        });
    }

    private void export(DownloadEvent download) throws IOException {
        download.setFileName("policy-tests.yaml");
        download.setContentType("application/yaml");
        try (var out = download.getOutputStream()) {
            out.write(tests.exportFile().getBytes(StandardCharsets.UTF_8));
        }
    }
}
