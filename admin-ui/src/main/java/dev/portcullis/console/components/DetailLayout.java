package dev.portcullis.console.components;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;

/// A list, and beside it what is chosen in it.
///
/// Where there is no room beside the list, Vaadin makes a dialog of the detail, which has no name; here it has one as
/// long as it is a dialog (WAI-ARIA 1.2, "Accessible Name Required").
public final class DetailLayout extends MasterDetailLayout {
    private static final long serialVersionUID = 1L;

    private static final String NAMED = """
            customElements.whenDefined('vaadin-master-detail-layout')
              .then(() => this.updateComplete)
              .then(() => {
                const detail = this.shadowRoot.getElementById('detail');
                const name = () => detail.hasAttribute('role')
                  ? detail.setAttribute('aria-label', $0)
                  : detail.removeAttribute('aria-label');
                new MutationObserver(name).observe(detail, {attributes: true, attributeFilter: ['role']});
                name();
              });
            """;

    private final String name;

    /// @param name of the detail, for instance `Tool call`
    public DetailLayout(String name) {
        this.name = name;
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs(NAMED, name);
    }
}
