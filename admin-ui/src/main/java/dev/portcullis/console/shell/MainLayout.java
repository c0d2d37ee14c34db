package dev.portcullis.console.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.LiveUpdates;
import dev.portcullis.console.kills.KillService;
import dev.portcullis.console.signin.SignedIn;
import jakarta.annotation.security.RolesAllowed;

import java.time.Duration;

/// The frame: brand and navigation at the side; the kill switch, the theme and the account on top;
/// under them the banner while a kill is engaged.
@Layout
@RolesAllowed(Roles.VIEWER)
class MainLayout extends AppLayout implements AfterNavigationObserver {
    private static final long serialVersionUID = 1L;
    private static final Duration BANNER_PERIOD = Duration.ofSeconds(2);

    private final KillBanner banner;

    MainLayout(
            KillService kills, LiveUpdates live, Actor actor, SignedIn signedIn, AuthenticationContext authentication) {
        banner = new KillBanner(kills);
        setPrimarySection(Section.DRAWER);
        addToDrawer(brand(), navigation(), note());
        addToNavbar(top(actor, signedIn, authentication));
        live.whileAttached(this, BANNER_PERIOD, banner::refresh);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        banner.refresh();
    }

    private static Component brand() {
        var logo = new Image("icon.svg", "");
        var brand = new Anchor("", logo, new Span("Portcullis"));
        brand.addClassName("brand");
        return brand;
    }

    private static Component navigation() {
        var navigation = new SideNav();
        navigation.setLabel("");
        navigation.getElement().setAttribute("aria-label", "Screens");
        MenuConfiguration.getMenuEntries().forEach(entry -> navigation.addItem(item(entry)));
        return navigation;
    }

    /// What lies below the address of a screen belongs to it; below that of the first one lie all.
    private static SideNavItem item(MenuEntry entry) {
        var item = new SideNavItem(entry.title(), entry.path(), new Icon(entry.icon()));
        item.setMatchNested(entry.path().length() > 1);
        return item;
    }

    private static Component note() {
        var note = new Span("All times are UTC.");
        note.addClassName("drawer-note");
        return note;
    }

    private Component top(Actor actor, SignedIn signedIn, AuthenticationContext authentication) {
        var killSwitch = new Button(
                "Kill switch",
                VaadinIcon.POWER_OFF.create(),
                click -> click.getSource().getUI().ifPresent(ui -> ui.navigate("kill-switch")));
        killSwitch.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
        killSwitch.addClassName("to-kill-switch");
        killSwitch.setAriaLabel("Kill switch");
        killSwitch.addClickShortcut(Key.KEY_K, KeyModifier.ALT, KeyModifier.SHIFT);
        killSwitch.setTooltipText("Alt+Shift+K from every screen; then the reason, and Tab to the button");
        killSwitch.getElement().setAttribute("aria-keyshortcuts", "Alt+Shift+K");
        var space = new Span();
        space.addClassName("space");
        var bar = new Div(
                new DrawerToggle(), space, killSwitch, new ThemeToggle(), account(actor, signedIn, authentication));
        bar.addClassName("top-bar");
        var top = new Div(bar, banner);
        top.addClassName("top");
        return top;
    }

    private static Component account(Actor actor, SignedIn signedIn, AuthenticationContext authentication) {
        var menu = new MenuBar();
        menu.addThemeVariants(MenuBarVariant.LUMO_TERTIARY, MenuBarVariant.LUMO_SMALL);
        var person = new Span(VaadinIcon.USER.create(), new Span(actor.name()));
        person.addClassName("account");
        var root = menu.addItem(person);
        root.getElement().setAttribute("aria-label", "Account of " + actor.name());
        if (signedIn.hasPassword()) {
            root.getSubMenu().addItem("Change password", _ -> menu.getUI().ifPresent(ui -> ui.navigate("password")));
        }
        root.getSubMenu().addItem("Sign out", _ -> authentication.logout());
        return menu;
    }
}
