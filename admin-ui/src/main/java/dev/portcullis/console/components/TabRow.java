package dev.portcullis.console.components;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;

/// A row of tabs, with nothing but tabs in it.
///
/// Vaadin's has a child that can take the focus and is no tab, which a list of tabs must not have (WAI-ARIA 1.2,
/// "Required Owned Elements"); here it cannot.
public final class TabRow extends Tabs {
    private static final long serialVersionUID = 1L;

    /// Works on the element that `row` is.
    static final String ONLY_TABS = """
            customElements.whenDefined('vaadin-tabs')
              .then(() => row.updateComplete)
              .then(() => row.shadowRoot.querySelector('[part=tabs]').removeAttribute('tabindex'));
            """;

    public TabRow(Tab... tabs) {
        super(tabs);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs("const row = this;" + ONLY_TABS);
    }
}
