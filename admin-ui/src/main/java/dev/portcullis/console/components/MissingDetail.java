package dev.portcullis.console.components;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;

/// The detail of what an address names and nobody knows, with the way out that every detail has.
public final class MissingDetail extends Div {
    private static final long serialVersionUID = 1L;

    /// @param heading for instance `Not on record`
    /// @param text what there is none of
    public MissingDetail(String heading, String text, Runnable close) {
        addClassName("detail-panel");
        getElement().setAttribute("role", "region");
        getElement().setAttribute("aria-label", heading);
        var line = new Div(new CloseButton(close));
        line.addClassName("detail-title");
        add(line, new EmptyState(VaadinIcon.SEARCH, heading, text));
    }
}
