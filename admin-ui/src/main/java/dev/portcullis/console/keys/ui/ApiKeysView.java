package dev.portcullis.console.keys.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouterLink;
import dev.portcullis.console.access.Actor;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.components.EmptyState;
import dev.portcullis.console.components.ViewHeading;
import dev.portcullis.console.keys.ApiKeyCursor;
import dev.portcullis.console.keys.ApiKeyOrder;
import dev.portcullis.console.keys.ApiKeyRecord;
import dev.portcullis.console.keys.ApiKeyService;
import jakarta.annotation.security.RolesAllowed;

import java.time.Clock;
import java.util.Optional;

/// The keys that programs call the gateway with. Filter and page are in the URL.
@Route("api-keys")
@PageTitle("API keys · Portcullis")
@Menu(title = "API keys", order = 8, icon = "vaadin:key")
@StyleSheet("api-keys.css")
@RolesAllowed(Roles.VIEWER)
class ApiKeysView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    private final transient ApiKeyService keys;
    private final transient Actor actor;
    private final transient Clock clock;
    private final ViewHeading heading;
    private final KeyFilterBar filters;
    private final KeyTable table;
    private final Div emptyPlace = new Div();
    private final Div pages = new Div();
    private KeysState state = KeysState.none();

    ApiKeysView(ApiKeyService keys, Actor actor, Clock clock) {
        this.keys = keys;
        this.actor = actor;
        this.clock = clock;
        addClassNames("view", "keys-view");
        var create = new Button("Make a key…", VaadinIcon.PLUS.create(), _ -> create());
        create.addThemeVariants(ButtonVariant.LUMO_PRIMARY, ButtonVariant.LUMO_SMALL);
        create.setVisible(actor.isAdmin());
        heading = new ViewHeading("API keys", create);
        filters = new KeyFilterBar(wanted -> apply(KeysState.of(wanted)));
        table = new KeyTable(actor.isAdmin(), clock, this::revoke);
        pages.addClassName("keys-pages");
        add(heading, filters, table, emptyPlace, pages);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state = KeysState.of(event.getLocation().getQueryParameters());
        load();
    }

    private void load() {
        var found = keys.page(state.filter(), state.after(), PAGE + 1);
        var shown = found.subList(0, Math.min(PAGE, found.size()));
        heading.state(state());
        filters.show(state, keys.knownRoutes());
        table.show(shown);
        table.setVisible(!shown.isEmpty());
        emptyPlace.removeAll();
        if (shown.isEmpty()) {
            emptyPlace.add(state.isFiltered() ? nothingMatches() : nothingYet());
        }
        pages.removeAll();
        if (state.after().isPresent()) {
            pages.add(page("First page", KeysState.of(state.filter())));
        }
        if (found.size() > PAGE) {
            pages.add(page("Next page", state.behind(ApiKeyCursor.after(shown.getLast()))));
        }
    }

    private String state() {
        var soon = keys.expiring();
        return soon == 0
                ? "What programs show on routes whose callers are checked by the gateway"
                : (soon == 1 ? "1 key expires" : soon + " keys expire") + " within 14 days";
    }

    private static RouterLink page(String text, KeysState target) {
        var link = new RouterLink(text, ApiKeysView.class);
        link.setQueryParameters(target.asParameters());
        return link;
    }

    private static EmptyState nothingYet() {
        return new EmptyState(
                VaadinIcon.KEY,
                "No API key yet",
                "A key says which program is calling, what it may be used for, and from where.");
    }

    private EmptyState nothingMatches() {
        return new EmptyState(
                VaadinIcon.FILTER,
                "Nothing matches",
                "No key matches these filters.",
                new Button("Clear filters", _ -> apply(KeysState.none())));
    }

    private void apply(KeysState wanted) {
        getUI().ifPresent(ui -> ui.navigate(ApiKeysView.class, wanted.asParameters()));
    }

    private void create() {
        new CreateKeyDialog(keys.knownRoutes(), clock, this::create).open();
    }

    private void create(ApiKeyOrder order) {
        var made = keys.create(order, actor.name());
        load();
        new MadeKeyDialog(made).open();
    }

    private void revoke(ApiKeyRecord key) {
        new RevokeDialog(key, reason -> {
                    keys.revoke(key.id(), Optional.of(reason), actor.name())
                            .flatMap(ApiKeyRecord::revokedBy)
                            .filter(by -> !by.equals(actor.name()))
                            .ifPresent(by -> Notification.show(
                                    by + " has revoked " + key.name() + " already; nothing was changed."));
                    load();
                })
                .open();
    }
}
