package dev.portcullis.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.sidenav.SideNavItem;
import dev.portcullis.console.Screens;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MenuTest {
    @RegisterExtension
    private final Screens screens = Screens.shared();

    @Test
    void screenIsMarkedAlsoWhereItsAddressGoesOn() {
        var items = screens.windowOf("vic", Roles.VIEWER)
                .open("tool-calls/no-id")
                .kit()
                .find(SideNavItem.class)
                .all();

        assertThat(items)
                .filteredOn(SideNavItem::isMatchNested)
                .extracting(SideNavItem::getLabel)
                .contains("Tool calls", "Policy", "Settings")
                .doesNotContain("Overview");
        assertThat(items).extracting(SideNavItem::getLabel).contains("Overview");
    }
}
