package dev.portcullis.console.policytests.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.policytests.PolicyTest;
import dev.portcullis.console.policytests.TestResult;

import java.util.Optional;

/// One test, and how it went when it was last run.
final class TestCard extends ListItem {
    private static final long serialVersionUID = 1L;

    TestCard(PolicyTest test, Optional<TestResult> result) {
        addClassNames("panel", "policytests-card");
        var name = new Span(test.name());
        name.addClassName("policytests-name");
        var line = new Div(name);
        line.addClassName("policytests-line");
        result.ifPresent(run -> line.add(run.passed() ? new Chip("passes", Tone.GOOD) : new Chip("fails", Tone.BAD)));
        test.notGating().ifPresent(_ -> line.add(new Chip("not gating", Tone.QUIET)));
        var asks = new Span(test.content().when() + " → " + test.content().then());
        asks.addClassNames("mono", "secondary");
        var who = new Span("Revision " + test.revision() + " by " + test.author() + ", "
                + Moments.toTheSecond(test.writtenAt())
                + test.notGating()
                        .map(reason -> " · publication does not wait for it: " + reason)
                        .orElse(""));
        who.addClassName("secondary");
        add(line, asks);
        result.filter(run -> !run.passed()).ifPresent(this::explain);
        add(who);
    }

    /// What can be done with it.
    TestCard with(Runnable change, Runnable delete, String name) {
        var edit = new Button("Change…", _ -> change.run());
        edit.setAriaLabel("Change the test " + name);
        var drop = new Button("Delete…", _ -> delete.run());
        drop.setAriaLabel("Delete the test " + name);
        var actions = new Div(edit, drop);
        actions.addClassName("view-actions");
        edit.addThemeVariants(ButtonVariant.LUMO_SMALL);
        drop.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        add(actions);
        return this;
    }

    private void explain(TestResult result) {
        var differences = new UnorderedList();
        differences.addClassName("policytests-differences");
        result.differences().forEach(difference -> differences.add(new ListItem(difference)));
        add(differences);
        if (!result.reasons().isEmpty()) {
            var reasons = new UnorderedList();
            reasons.addClassName("policytests-reasons");
            result.reasons().forEach(reason -> reasons.add(new ListItem(reason.says())));
            add(new Details("Every rule’s reason", reasons));
        }
    }
}
