package dev.portcullis.console.components;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;

/// The filters above a list, and a button that clears them.
///
/// Where there is room, they stand side by side. Where there is none, the search stays, and a button says how many of
/// the others are set and opens them in the page, one below the other. It only arranges them; what is wanted stands in
/// the URL, and whether the others are open does not.
public final class FilterBar extends Div {
    private static final long serialVersionUID = 1L;
    private static final String OPEN = "filter-bar-open";

    private final Button toggle;
    private final Div others;
    private final Button clear;

    /// @param clear called when somebody wants none of them
    /// @param search what has a place in the smallest window
    /// @param others in their order
    public FilterBar(Runnable clear, Component search, Component... others) {
        this.others = new Div(others);
        this.others.addClassName("filter-bar-others");
        this.clear = new Button("Clear", _ -> clear.run());
        this.clear.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
        toggle = new Button("", VaadinIcon.FILTER.create(), _ -> open(!isOpen()));
        toggle.addClassName("filter-bar-toggle");
        addClassName("filter-bar");
        add(search, toggle, this.others, this.clear);
        count(0);
        open(false);
    }

    /// Says what is set.
    ///
    /// @param others how many, the search apart
    /// @param anything whether there is something to clear
    public void show(int others, boolean anything) {
        count(others);
        clear.setVisible(anything);
    }

    private void count(int set) {
        toggle.setText(set == 0 ? "Filters" : "Filters (" + set + ")");
    }

    private boolean isOpen() {
        return others.hasClassName(OPEN);
    }

    private void open(boolean open) {
        others.setClassName(OPEN, open);
        toggle.getElement().setAttribute("aria-expanded", Boolean.toString(open));
    }
}
