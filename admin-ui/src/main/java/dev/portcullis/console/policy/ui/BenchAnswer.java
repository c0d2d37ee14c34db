package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.evaluation.LimitState;
import dev.portcullis.console.evaluation.api.EvaluationAnswer;
import dev.portcullis.policy.Decision.Denial;

import java.util.List;
import java.util.Optional;

/// What a policy said to one request: the decision, what decided, what goes upstream, what the caller sees, and every
/// rule.
final class BenchAnswer extends Div {
    private static final long serialVersionUID = 1L;

    /// @param keep makes a test of it
    BenchAnswer(EvaluationAnswer answer, Optional<Runnable> keep) {
        addClassName("policy-answer");
        add(head(answer, keep));
        answer.reason().ifPresent(reason -> add(new Paragraph("It could not be decided: " + reason)));
        answer.uncertain().ifPresent(why -> add(new Paragraph("It may be another one: " + why)));
        reasons("Refused by", answer.denials());
        reasons("Would also be refused by rules that only observe", answer.observed());
        add(facts(answer));
        answer.visibleTools().ifPresent(tools -> add(visible(tools)));
        add(new H3("Every rule"), new BenchRules(answer.rules()));
    }

    private static Component head(EvaluationAnswer answer, Optional<Runnable> keep) {
        var head = new Div(new H2(words(answer.decision())), new Chip(answer.decision(), tone(answer.decision())));
        var policy = new Span(
                switch (answer.policy()) {
                    case "document" -> "by the draft, with changes that are not saved";
                    case "published" -> "by version " + answer.policyVersion() + ", which is in force";
                    default -> "by the " + answer.policy();
                });
        policy.addClassName("secondary");
        head.add(policy);
        head.addClassName("policy-answer-head");
        keep.ifPresent(action -> {
            var save = new Button("Save as test…", _ -> action.run());
            save.addThemeVariants(ButtonVariant.LUMO_SMALL);
            head.add(save);
        });
        return head;
    }

    private static String words(String decision) {
        return switch (decision) {
            case "allow" -> "Allowed";
            case "deny" -> "Refused";
            default -> "Not decided, so refused";
        };
    }

    private static Tone tone(String decision) {
        return switch (decision) {
            case "allow" -> Tone.GOOD;
            case "deny" -> Tone.REFUSED;
            default -> Tone.BAD;
        };
    }

    private void reasons(String title, List<Denial> denials) {
        if (denials.isEmpty()) {
            return;
        }
        var list = new UnorderedList();
        denials.forEach(denial -> list.add(new ListItem(denial.rule() + " (" + denial.restriction() + ")"
                + denial.message().map(words -> ": “" + words.strip() + "”").orElse(""))));
        add(new H3(title), list);
    }

    private static Component facts(EvaluationAnswer answer) {
        var facts = new Facts();
        answer.tool()
                .ifPresent(tool -> facts.fact(
                                "Tool", tool.name() + " · " + tool.toolClass() + ", says the " + tool.source())
                        .fact("Review", tool.review()));
        answer.headers()
                .ifPresent(headers ->
                        headers.forEach((name, value) -> facts.fact(name, value.isEmpty() ? "(empty)" : value)));
        answer.limits().forEach(limit -> facts.fact("Limit " + limit.rule(), left(limit)));
        return facts;
    }

    private static String left(LimitState limit) {
        return limit.left() + " of " + limit.calls() + " calls left for this " + limit.by() + ", per " + limit.per();
    }

    private static Component visible(List<String> tools) {
        var names = new Div(tools.isEmpty() ? "None." : String.join(", ", tools));
        names.addClassName("policy-visible-tools");
        return new Details("Of the tools that are known, the caller sees " + tools.size(), names);
    }
}
