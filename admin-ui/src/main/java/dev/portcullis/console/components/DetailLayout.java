package dev.portcullis.console.components;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;

/// A list, and beside it what is chosen in it.
///
/// Where there is no room beside the list, Vaadin makes a dialog of the detail, which has no name; here it has one as
/// long as it is a dialog (WAI-ARIA 1.2, "Accessible Name Required").
@StyleSheet("detail-layout.css")
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
    /// @param detailSize how wide the detail is, for instance `30rem`
    /// @param close called when somebody leaves the detail
    /// @param list from top to bottom
    public DetailLayout(String name, String detailSize, Runnable close, Component... list) {
        this.name = name;
        var master = new Div(list);
        master.addClassName("detail-layout-list");
        setMaster(master);
        setMasterSize("20rem", true);
        setDetailSize(detailSize);
        addBackdropClickListener(_ -> close.run());
        addDetailEscapePressListener(_ -> close.run());
        addClassName("detail-layout");
    }

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs(NAMED, name);
    }
}
