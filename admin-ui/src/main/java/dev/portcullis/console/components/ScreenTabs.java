package dev.portcullis.console.components;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.tabs.TabSheet;

/// The tabs of a screen with their panels; their row is as a [TabRow].
public final class ScreenTabs extends TabSheet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void onAttach(AttachEvent event) {
        super.onAttach(event);
        getElement().executeJs("const row = this.querySelector('vaadin-tabs');" + TabRow.ONLY_TABS);
    }
}
