package dev.portcullis.console.tools.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.portcullis.console.tools.ReadOnlyClaims;
import dev.portcullis.console.tools.VisibleText;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Lists exactly what would be accepted as readers, each with a way to look at it, before somebody says so.
final class ClaimsDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_REASON = 500;

    /// @param accept takes the claims as they were shown and the reason
    ClaimsDialog(String route, ReadOnlyClaims claims, BiConsumer<ReadOnlyClaims, Optional<String>> accept) {
        setHeaderTitle("Accept what claims to change nothing on " + route);
        setWidth("36rem");
        addClassName("tools-claims");
        var number = claims.definitions().size();
        var reason = new TextField("Reason");
        reason.setMaxLength(LONGEST_REASON);
        reason.setWidthFull();
        reason.setPlaceholder("Who looked at them, and how. It stays in the history.");
        if (number == 0) {
            add(new Paragraph(
                    "No tool of " + route + " claims to change nothing without somebody having decided about it."));
        } else {
            add(
                    new Paragraph("These are accepted as class read, each with the definition that callers are shown"
                            + " now, in one version of the policy. If one of them changes, or somebody else publishes"
                            + " before you accept, nothing is written."),
                    list(route, claims),
                    reason);
        }
        if (!claims.skipped().isEmpty()) {
            add(new H3("Left as they are"), skipped(claims));
        }
        var confirm = new Button("Accept " + number + (number == 1 ? " tool" : " tools"), _ -> {
            close();
            accept.accept(claims, Optional.of(reason.getValue().strip()).filter(words -> !words.isEmpty()));
        });
        confirm.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        confirm.setVisible(number > 0);
        getFooter().add(new Button(number == 0 ? "Close" : "Cancel", _ -> close()), confirm);
    }

    private static Div list(String route, ReadOnlyClaims claims) {
        var list = new UnorderedList();
        new TreeMap<>(claims.definitions()).forEach((name, definition) -> {
            var link = new Anchor(
                    "tools?"
                            + QueryParameters.simple(Map.of("tool", route + "/" + name))
                                    .getQueryString(),
                    VisibleText.line(name));
            link.setTarget("_blank");
            var hash = new Span(definition.substring(0, Math.min(definition.length(), 19)) + "…");
            hash.addClassNames("mono", "secondary");
            list.add(new ListItem(link, hash));
        });
        return scrolling(list, "Tools that would be accepted");
    }

    private static Div skipped(ReadOnlyClaims claims) {
        var list = new UnorderedList();
        new TreeMap<>(claims.skipped()).forEach((name, why) -> {
            var reason = new Span(why);
            reason.addClassName("secondary");
            list.add(new ListItem(new Span(VisibleText.line(name)), reason));
        });
        return scrolling(list, "Tools that are left as they are");
    }

    /// Whoever has no mouse has to reach it to scroll.
    private static Div scrolling(UnorderedList list, String name) {
        var place = new Div(list);
        place.addClassName("tools-claim-list");
        place.getElement().setAttribute("tabindex", "0");
        place.getElement().setAttribute("role", "group");
        place.getElement().setAttribute("aria-label", name);
        return place;
    }
}
