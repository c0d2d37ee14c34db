package dev.portcullis.console.signin.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarTester;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Set;

class PeoplePanelTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();
    private static final String JSON = "application/json";
    private static final String SAVE = "Change roles";
    private static final int CHANGE_ROLES = 0;
    private static final int RESET_PASSWORD = 1;
    private static final int REMOVE = 3;

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @Test
    void whoeverChangesRolesSecondSeesWhatHasChangedAndCanSave() {
        // Given
        made("pia", "VIEWER", "ADMIN");
        var ada = chooseRoles("ada", "pia");
        var bob = chooseRoles("bob", "pia");
        roles(ada).setValue(Set.of("VIEWER", "APPROVER"));
        roles(bob).setValue(Set.of("VIEWER", "EDITOR", "ADMIN"));

        // When
        ada.press(SAVE);
        bob.press(SAVE);

        // Then
        assertThat(ada.dialogs()).isZero();
        assertThat(bob.dialogs()).isOne();
        assertThat(bob.text()).contains("Somebody else has changed pia meanwhile: APPROVER given, ADMIN taken away.");
        assertThat(roles(bob).getValue()).containsExactlyInAnyOrder("VIEWER", "EDITOR", "APPROVER");
        assertThat(rolesOf("pia")).containsExactly("VIEWER", "APPROVER");

        // When
        bob.press(SAVE);

        // Then
        assertThat(bob.dialogs()).isZero();
        assertThat(bob.told()).isEmpty();
        assertThat(rolesOf("pia")).containsExactly("VIEWER", "EDITOR", "APPROVER");
    }

    @Test
    void rolesAreSavedOfSomebodyWhoWasLockedMeanwhile() {
        // Given
        made("lou", "VIEWER");
        var bob = chooseRoles("bob", "lou");
        roles(bob).setValue(Set.of("EDITOR"));
        CONSOLE.send("PUT", "/api/v1/people/lou/lock", JSON, "");

        // When
        bob.press(SAVE);

        // Then
        assertThat(bob.text()).contains("Somebody else has changed lou meanwhile: locked.");
        assertThat(bob.press(SAVE).dialogs()).isZero();
        assertThat(rolesOf("lou")).containsExactly("EDITOR");
    }

    @Test
    void rolesOfSomebodyWhoWasRemovedAreAskedForNoMore() {
        // Given
        made("rio", "VIEWER");
        var bob = chooseRoles("bob", "rio");
        roles(bob).setValue(Set.of("EDITOR"));
        CONSOLE.send("DELETE", "/api/v1/people/rio", JSON, "");

        // When
        bob.press(SAVE);

        // Then
        assertThat(bob.dialogs()).isZero();
        assertThat(bob.told()).containsExactly("Somebody else has removed rio meanwhile.");
    }

    @Test
    void whoChangesNothingEndsNobodysSessions() {
        // Given
        made("sue", "VIEWER");
        var before = person("sue").path("revision").asLong();

        // When
        var bob = chooseRoles("bob", "sue").press(SAVE);

        // Then
        assertThat(bob.dialogs()).isZero();
        assertThat(person("sue").path("revision").asLong()).isEqualTo(before);
        assertThat(CONSOLE.eventDetails("sue")).noneMatch(event -> event.startsWith("administrator.changed"));
    }

    @Test
    void whoeverRemovesOrResetsSomebodyWhoHasChangedIsTold() {
        // Given
        made("joy", "VIEWER");
        var bob = choose("bob", "joy", RESET_PASSWORD);
        var cem = choose("cem", "joy", REMOVE);
        CONSOLE.post("/api/v1/people/joy/password", "");

        // When
        bob.confirm();
        cem.confirm();

        // Then
        assertThat(bob.told()).singleElement().asString().contains("joy", "meanwhile");
        assertThat(cem.told()).singleElement().asString().contains("joy", "meanwhile");
        assertThat(rolesOf("joy")).containsExactly("VIEWER");

        // When
        choose("cem", "joy", REMOVE).confirm();

        // Then
        assertThat(CONSOLE.get("/api/v1/people/joy").statusCode()).isEqualTo(404);
    }

    private Window chooseRoles(String who, String whose) {
        return choose(who, whose, CHANGE_ROLES);
    }

    private Window choose(String who, String whose, int item) {
        var window = screens.windowOf(who, Roles.ADMIN).open("settings?tab=people");
        var menu = window.kit()
                .find(MenuBar.class)
                .withCondition(one -> ("Change " + whose)
                        .equals(one.getItems().getFirst().getElement().getAttribute("aria-label")))
                .single();
        new MenuBarTester<>(menu).clickItem(0, item);
        return window.settle();
    }

    @SuppressWarnings("unchecked")
    private static CheckboxGroup<String> roles(Window window) {
        return (CheckboxGroup<String>) window.field("Roles");
    }

    private static void made(String username, String... roles) {
        var names = String.join("\", \"", roles);
        assertThat(CONSOLE.post(
                                "/api/v1/people",
                                "{\"username\": \"%s\", \"roles\": [\"%s\"]}".formatted(username, names))
                        .statusCode())
                .isEqualTo(201);
    }

    private static List<String> rolesOf(String username) {
        return person(username)
                .path("roles")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static JsonNode person(String username) {
        return RunningConsole.json(CONSOLE.get("/api/v1/people/" + username));
    }
}
