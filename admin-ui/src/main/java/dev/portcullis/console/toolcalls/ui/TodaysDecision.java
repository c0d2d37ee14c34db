package dev.portcullis.console.toolcalls.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.portcullis.console.api.BadRequestException;
import dev.portcullis.console.api.BusyException;
import dev.portcullis.console.api.NotFoundException;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.DetailSection;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.evaluation.Enquiry;
import dev.portcullis.console.evaluation.Evaluation;
import dev.portcullis.console.evaluation.EvaluationService;
import dev.portcullis.console.policy.NoPolicyPublishedException;
import dev.portcullis.console.policy.PolicyChoice;
import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Decision.Denial;
import dev.portcullis.policy.Explanation;

import java.util.List;

/// What the policy in force would say to the same request, every rule's reason, and what is different
/// from then. For auditors: why a rule matches may show what the caller has sent.
final class TodaysDecision extends Div {
    private static final long serialVersionUID = 1L;

    private final transient EvaluationService evaluations;
    private final transient ToolCall call;

    TodaysDecision(EvaluationService evaluations, ToolCall call) {
        this.evaluations = evaluations;
        this.call = call;
        show(new Paragraph("What would the policy in force say to the same request? Asking is recorded."), button());
    }

    private Button button() {
        var explain = new Button("Explain again", VaadinIcon.QUESTION_CIRCLE.create(), _ -> explain());
        explain.addThemeVariants(ButtonVariant.LUMO_SMALL);
        explain.setDisableOnClick(true);
        return explain;
    }

    private void explain() {
        try {
            show(answer(evaluations.explain(new Enquiry.Recorded(new PolicyChoice.Published(), call.id()))));
        } catch (BusyException e) {
            show(new Paragraph(String.valueOf(e.getMessage())), button());
        } catch (BadRequestException | NotFoundException | NoPolicyPublishedException e) {
            show(new Paragraph("It cannot be asked again: " + e.getMessage()));
        }
    }

    private void show(Component... content) {
        removeAll();
        add(new DetailSection("Under today's policy", new Div(content)));
    }

    private Component[] answer(Evaluation evaluation) {
        var decision = evaluation.explanation().decision();
        var said = new Span("Version " + decision.policyVersion() + " says ");
        var line = new Div(said, chip(decision));
        line.addClassName("chips");
        var difference = new Paragraph(difference(decision));
        difference.addClassName(isSame(decision) ? "toolcalls-same" : "toolcalls-different");
        difference.getElement().setAttribute("role", "status");
        var rules = new UnorderedList();
        rules.addClassName("toolcalls-rules");
        evaluation.explanation().rules().stream()
                .filter(Explanation.RulePart::asked)
                .forEach(part -> rules.add(reason(part)));
        return evaluation
                .uncertain()
                .<Component[]>map(
                        why -> new Component[] {line, difference, new Paragraph("Not certain: " + why), rules})
                .orElseGet(() -> new Component[] {line, difference, rules});
    }

    private ListItem reason(Explanation.RulePart part) {
        var item = new ListItem(part.describe());
        var refusedThen = call.rules().contains(part.rule());
        var refusesNow = part.refuses() && part.mode().equals("enforce");
        if (refusedThen != refusesNow) {
            item.addClassName("toolcalls-different");
            item.add(new Chip(refusesNow ? "refuses now" : "refused then", Tone.BAD));
        }
        return item;
    }

    private String difference(Decision decision) {
        if (isSame(decision)) {
            return "The same as then.";
        }
        return "Different: it was " + call.decision()
                + (call.rules().isEmpty() ? "" : " by " + String.join(", ", call.rules())) + ", and now it is "
                + word(decision)
                + (denials(decision).isEmpty() ? "." : " by " + String.join(", ", denials(decision)) + ".");
    }

    private boolean isSame(Decision decision) {
        return word(decision).equals(call.decision())
                && denials(decision).equals(call.rules().stream().sorted().toList());
    }

    private static List<String> denials(Decision decision) {
        return decision instanceof Decision.Deny deny
                ? deny.denials().stream().map(Denial::rule).distinct().sorted().toList()
                : List.of();
    }

    private static Chip chip(Decision decision) {
        return new Chip(word(decision), decision instanceof Decision.Allow ? Tone.GOOD : Tone.REFUSED);
    }

    /// As records spell it.
    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Allow _ -> "allowed";
            case Decision.Deny _ -> "denied";
            case Decision.Undecided _ -> "undecided";
        };
    }
}
