package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import dev.portcullis.console.components.CallList;
import dev.portcullis.console.components.Chip;
import dev.portcullis.console.components.CloseButton;
import dev.portcullis.console.components.DetailSection;
import dev.portcullis.console.components.Facts;
import dev.portcullis.console.components.Moments;
import dev.portcullis.console.components.Tone;
import dev.portcullis.console.tools.CatalogueEntry;
import dev.portcullis.console.tools.DefinitionChange;
import dev.portcullis.console.tools.SeenDefinition;
import dev.portcullis.console.tools.ToolService;
import dev.portcullis.console.tools.VisibleText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Optional;

/// All that is known of one tool: how it stands, what changed, how it is described, and who decides what about it.
final class ToolPanel extends Div {
    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final transient ToolService tools;
    private final transient CatalogueEntry entry;
    private final Div definition = new Div();
    private String looked;

    /// @param told what went wrong with the decision before, if something did
    /// @param unsent what was filled in then
    /// @param decisions empty for who may only look
    ToolPanel(
            ToolService tools,
            CatalogueEntry entry,
            Optional<String> told,
            Optional<Review> unsent,
            Optional<ReviewForm.Decisions> decisions,
            Runnable close) {
        this.tools = tools;
        this.entry = entry;
        this.looked = entry.change()
                .map(DefinitionChange::to)
                .filter(to -> live().contains(to))
                .orElse(entry.tool().current().definition());
        addClassNames("detail-panel", "tools-detail");
        getElement().setAttribute("role", "region");
        getElement()
                .setAttribute(
                        "aria-label", "Tool " + VisibleText.line(entry.tool().name()));
        add(heading(close));
        told.ifPresent(sentence -> add(told(sentence)));
        decisions.ifPresent(
                some -> add(new DetailSection("Decide", new ReviewForm(entry, () -> looked, unsent, some))));
        add(new DetailSection("Facts", facts()), definition);
        showDefinition();
    }

    private Component heading(Runnable close) {
        var line = new Div(new H2(VisibleText.line(entry.tool().name())), new CloseButton(close));
        line.addClassName("detail-title");
        var subtitle = new Div(
                Standing.chips(entry.standing()), new Span("on " + entry.tool().route()));
        subtitle.addClassName("detail-subtitle");
        return new Div(line, subtitle);
    }

    private static Component told(String sentence) {
        var told = new Div(new Span(sentence));
        told.addClassNames("tools-told");
        told.getElement().setAttribute("role", "alert");
        return told;
    }

    private Facts facts() {
        var tool = entry.tool();
        var standing = entry.standing();
        return new Facts()
                .fact("Class", standing.toolClass().wireName() + ", " + Standing.source(standing.classSource()))
                .fact(
                        "Claims",
                        tool.current().readOnlyHint().map(only -> only ? "to change nothing" : "to change things"))
                .fact("First seen", Moments.toTheSecond(tool.firstSeenAt()))
                .fact("Last seen", Moments.toTheSecond(tool.lastSeenAt()))
                .fact("Lists", "in " + tool.listings())
                .fact("Blocked by", rules(standing.blockedBy()))
                .fact("Held back by", rules(standing.heldBackBy()))
                .fact("Calls", calls());
    }

    private Component calls() {
        return CallList.ofLast("7d")
                .with("route", entry.tool().route())
                .with("tool", entry.tool().name())
                .link("of the last 7 days");
    }

    private static Component rules(List<String> ids) {
        var chips = new Div();
        chips.addClassName("chips");
        ids.forEach(id -> chips.add(new Chip(id, Tone.REFUSED)));
        if (ids.isEmpty()) {
            chips.add(new Span("no rule"));
        }
        return chips;
    }

    private void showDefinition() {
        definition.removeAll();
        definition.addClassName("tools-definition");
        if (live().size() > 1) {
            definition.add(choice());
        }
        change().ifPresent(change -> definition.add(new DetailSection(title(change), new ChangeDiff(change))));
        definition.add(new DetailSection("Description", described()));
    }

    /// Callers are shown several: which of them is looked at.
    private Component choice() {
        var choice = new Select<String>();
        choice.setLabel("Callers are shown " + live().size() + " definitions; look at");
        choice.setItems(live());
        choice.setItemLabelGenerator(ToolPanel::shortened);
        choice.setValue(looked);
        choice.addValueChangeListener(chosen -> {
            looked = chosen.getValue();
            showDefinition();
        });
        return choice;
    }

    private Optional<DefinitionChange> change() {
        return entry.change()
                .filter(known -> known.to().equals(looked))
                .or(() -> entry.standing()
                        .reviewedDefinition()
                        .filter(accepted -> !accepted.equals(looked))
                        .map(accepted ->
                                tools.compare(entry.tool().route(), entry.tool().name(), accepted, looked)));
    }

    private String title(DefinitionChange change) {
        return entry.standing().reviewedDefinition().equals(Optional.of(change.from()))
                ? "Changed since it was accepted"
                : "Last change";
    }

    private Component described() {
        var text = tools.text(entry.tool().route(), entry.tool().name(), looked);
        if (text.isEmpty()) {
            return new Paragraph("It is longer than is kept, or too many came after it.");
        }
        try {
            var node = JSON.readTree(text.get());
            var words = new Div(VisibleText.lines(node.path("description").asString("It has no description.")));
            words.addClassName("tools-text");
            var all = new Details(
                    "The whole definition",
                    new Pre(VisibleText.lines(
                            JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node))));
            all.addClassName("tools-whole");
            var hash = new Span(looked);
            hash.addClassNames("mono", "secondary");
            return new Div(words, hash, all);
        } catch (JacksonException e) {
            return new Pre(VisibleText.lines(text.get()));
        }
    }

    private List<String> live() {
        return entry.tool().live().stream().map(SeenDefinition::definition).toList();
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(hash.length(), 19)) + "…";
    }
}
