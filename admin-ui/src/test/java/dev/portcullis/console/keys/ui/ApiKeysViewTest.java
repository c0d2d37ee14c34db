package dev.portcullis.console.keys.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysViewTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @ParameterizedTest
    @CsvSource({
        "Name, 'Not A Name', name",
        "Name, '', name",
        "Networks (optional), 10.0.0.0/99, networks",
        "Networks (optional), example.com, networks",
    })
    void whatIsWrongStandsBesideItsField(String label, String text, String complaint) {
        // Given
        var window = admin().open("api-keys").press("Make a key…").write("Name", "of-a-form");

        // When
        window.write(label, text).press("Make the key");

        // Then
        assertThat(window.complaint(label)).startsWith(complaint);
        assertThat(window.dialogs()).isOne();
    }

    @Test
    void nameThatIsTakenKeepsWhatWasWritten() {
        // Given
        make("twice-wanted");
        var window = admin().open("api-keys").press("Make a key…");

        // When
        window.write("Groups (optional)", "bots").write("Name", "twice-wanted").press("Make the key");

        // Then
        assertThat(window.complaint("Name")).contains("There is a key twice-wanted already");
        assertThat(window.write("Name", "once-wanted").press("Make the key").text())
                .contains("It is kept nowhere");
    }

    @Test
    void cancelMakesNoKey() {
        admin().open("api-keys")
                .press("Make a key…")
                .write("Name", "never-made")
                .press("Cancel");

        assertThat(CONSOLE.get("/api/v1/api-keys?q=never-made").body()).doesNotContain("never-made");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "AUDITOR", "EDITOR", "APPROVER"})
    void keysAreChangedByAdminsAlone(String role) {
        // Given
        make("seen-by-" + role.toLowerCase(java.util.Locale.ROOT));

        // When
        var window = screens.windowOf("somebody", role)
                .open("api-keys?q=seen-by-" + role.toLowerCase(java.util.Locale.ROOT));

        // Then
        assertThat(window.text()).contains("Admins only");
        assertThat(window.offers()).doesNotContain("Make a key…", "Revoke…");
    }

    @Test
    void keyIsRevokedWithAReasonOnly() {
        // Given
        make("to-be-revoked");
        var window = admin().open("api-keys?q=to-be-revoked").press("Revoke…");

        // Then
        assertThat(window.button("Revoke it now").isEnabled()).isFalse();
        assertThat(window.write("Reason", "   ").button("Revoke it now").isEnabled())
                .isFalse();

        // When
        window.press("Cancel");

        // Then
        assertThat(window.open("api-keys?q=to-be-revoked").offers()).contains("Revoke…");

        // When
        window.press("Revoke…").write("Reason", "left a laptop in a train").press("Revoke it now");

        // Then
        assertThat(window.emptyStates()).containsExactly("Nothing matches");
        assertThat(window.press("Clear filters").address()).isEqualTo("api-keys");
    }

    @Test
    void whoeverRevokesSecondIsTold() {
        // Given
        make("revoked-by-two");
        var ada = admin().open("api-keys?q=revoked-by-two").press("Revoke…");
        var bob = screens.windowOf("bob", Roles.ADMIN)
                .open("api-keys?q=revoked-by-two")
                .press("Revoke…");

        // When
        ada.write("Reason", "lost").press("Revoke it now");
        bob.write("Reason", "lost").press("Revoke it now");

        // Then
        assertThat(ada.told()).isEmpty();
        assertThat(bob.told()).containsExactly("ada has revoked revoked-by-two already; nothing was changed.");
    }

    @Test
    void filterThatMatchesNothingSaysSo() {
        assertThat(admin().open("api-keys?q=like-nothing-else").emptyStates()).containsExactly("Nothing matches");
        assertThat(admin().open("api-keys?state=lost&after=garbage&q=like-nothing-else")
                        .emptyStates())
                .containsExactly("Nothing matches");
    }

    private Window admin() {
        return screens.windowOf("ada", Roles.ADMIN);
    }

    private static void make(String name) {
        assertThat(CONSOLE.post("/api/v1/api-keys", "{\"name\": \"" + name + "\"}")
                        .statusCode())
                .isEqualTo(201);
    }
}
