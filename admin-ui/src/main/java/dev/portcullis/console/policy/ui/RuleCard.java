package dev.portcullis.console.policy.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.policy.RuleHits;
import dev.portcullis.console.policy.RuleWords;
import dev.portcullis.policy.document.Rule;

import java.time.ZoneOffset;
import java.util.Optional;

/// One rule as somebody would tell it.
final class RuleCard extends Div {
    private static final long serialVersionUID = 1L;

    /// @param hits of all rules in the last 7 days; empty while they are not known
    RuleCard(Rule rule, Optional<RuleHits> hits, boolean canWrite, RuleActions actions) {
        addClassName("policy-card");
        var name = new H3(rule.id());
        var mode = rule.mode() == Rule.Mode.ENFORCE
                ? new Chip("Enforced", Tone.QUIET)
                : new Chip("Only observes", Tone.REFUSED);
        var title = new Div(name, mode);
        title.addClassName("policy-card-title");
        hits.ifPresent(all -> title.add(link(rule.id(), all)));
        var head = new Div(title, buttons(rule, canWrite, actions));
        head.addClassName("policy-card-head");
        var does = new Div(RuleWords.does(rule) + ".");
        does.addClassName("policy-card-does");
        var concerns = new Div(RuleWords.concerns(rule));
        concerns.addClassName("policy-card-about");
        add(head, does, concerns);
        rule.description().ifPresent(words -> add(about(words)));
        rule.message().ifPresent(words -> add(about("Says: “" + words.strip() + "”")));
        rule.owner().ifPresent(owner -> add(about("Owner: " + owner)));
    }

    private static Component about(String words) {
        var line = new Div(words);
        line.addClassName("policy-card-about");
        return line;
    }

    private static Component link(String rule, RuleHits all) {
        var hits = all.of(rule);
        var link = hits.map(counted -> (HtmlContainer) CallList.between(
                                all.from().atOffset(ZoneOffset.UTC), all.to().atOffset(ZoneOffset.UTC))
                        .with("rule", rule)
                        .link(said(counted)))
                .orElseGet(() -> new Span("No hits in 7 days"));
        link.addClassName("policy-card-hits");
        hits.ifPresent(_ -> link.setTitle("Tool calls of the last 7 days that this rule refused, or would have"));
        return link;
    }

    private static String said(RuleHits.Hits hits) {
        var denied = "%,d denied".formatted(hits.denied());
        var observed = "%,d observed".formatted(hits.observed());
        if (hits.observed() == 0) {
            return denied;
        }
        return hits.denied() == 0 ? observed : denied + " · " + observed;
    }

    private static Component buttons(Rule rule, boolean canWrite, RuleActions actions) {
        var find = icon(VaadinIcon.CODE, "Show rule " + rule.id() + " in the text", () -> actions.find(rule));
        var buttons = new Div(find);
        buttons.addClassName("policy-card-buttons");
        if (canWrite) {
            buttons.add(icon(VaadinIcon.EDIT, "Edit rule " + rule.id(), () -> actions.edit(rule)), menu(rule, actions));
        }
        return buttons;
    }

    private static Component menu(Rule rule, RuleActions actions) {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY_INLINE, MenuBarVariant.LUMO_ICON, MenuBarVariant.LUMO_SMALL);
        var more = menu.addItem(VaadinIcon.ELLIPSIS_DOTS_V.create());
        more.setAriaLabel("More for rule " + rule.id());
        var items = more.getSubMenu();
        switch (rule.mode()) {
            case OBSERVE -> items.addItem("Enforce", _ -> actions.setMode(rule, Rule.Mode.ENFORCE));
            case ENFORCE -> items.addItem("Only observe", _ -> actions.setMode(rule, Rule.Mode.OBSERVE));
        }
        items.addItem("Move up", _ -> actions.move(rule, -1));
        items.addItem("Move down", _ -> actions.move(rule, 1));
        items.addItem("Duplicate", _ -> actions.duplicate(rule));
        items.addItem("Delete", _ -> actions.delete(rule));
        return menu;
    }

    private static Button icon(VaadinIcon icon, String name, Runnable action) {
        var button = new Button(icon.create(), _ -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ICON, ButtonVariant.LUMO_SMALL);
        button.setAriaLabel(name);
        button.setTooltipText(name);
        return button;
    }
}
