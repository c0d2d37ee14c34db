package dev.portcullis.console.components;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.tabs.TabSheet;

/// The tabs of a screen.
///
/// Vaadin's row of tabs has a child that can take the focus and is no tab, which a list of tabs must not
/// have (WAI-ARIA 1.2, "Required Owned Elements"); here it cannot.
public final class ScreenTabs extends TabSheet {
    private static final long serialVersionUID = 1L;

    private static final String ONLY_TABS = """
            const row = this.querySelector('vaadin-tabs');
            customElements.whenDefined('vaadin-tabs')
              .then(() => row.updateComplete)
              .then(() => row.shadowRoot.querySelector('[part=tabs]').removeAttribute('tabindex'));
            """;

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs(ONLY_TABS);
    }
}
