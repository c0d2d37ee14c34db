package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.evaluation.api.ExplainedRule;

import java.util.Comparator;
import java.util.List;

/// Every rule's part in a decision; those that refuse first, then those that are about the request.
final class BenchRules extends Div {
    private static final long serialVersionUID = 1L;

    BenchRules(List<ExplainedRule> rules) {
        addClassName("policy-bench-rules");
        var grid = new Grid<ExplainedRule>();
        grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT, GridVariant.LUMO_COMPACT);
        grid.addColumn(new ComponentRenderer<Component, ExplainedRule>(BenchRules::row))
                .setHeader("Rule and reason");
        grid.setItems(
                rules.stream().sorted(Comparator.comparingInt(BenchRules::rank)).toList());
        grid.getElement().setAttribute("aria-label", "Every rule's part in the decision");
        add(grid);
    }

    private static int rank(ExplainedRule rule) {
        if (rule.refuses()) {
            return rule.mode().equals("enforce") ? 0 : 1;
        }
        return rule.matched() && rule.asked() ? 2 : 3;
    }

    private static Component row(ExplainedRule rule) {
        var chip = switch (rank(rule)) {
            case 0 -> new Chip("refuses", Tone.REFUSED);
            case 1 -> new Chip("would refuse", Tone.REFUSED);
            case 2 -> new Chip("accepts", Tone.GOOD);
            default -> new Chip(rule.asked() ? "does not match" : "not asked", Tone.QUIET);
        };
        var name = new Span(rule.rule());
        name.addClassName("policy-rule-name");
        var head = new Div(name, chip);
        head.addClassName("policy-rule-head");
        var says = new Span(
                rule.says().startsWith(rule.rule() + ": ")
                        ? rule.says().substring(rule.rule().length() + 2)
                        : rule.says());
        says.addClassName("secondary");
        var row = new Div(head, says);
        row.addClassName("policy-rule-row");
        return row;
    }
}
