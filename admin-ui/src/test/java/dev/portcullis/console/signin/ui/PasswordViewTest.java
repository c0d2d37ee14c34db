package dev.portcullis.console.signin.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordViewTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();
    private static String password = "";

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @BeforeAll
    static void somebodyIsAdded() {
        password = RunningConsole.json(
                        CONSOLE.post("/api/v1/people", "{\"username\": \"forgetful\", \"roles\": [\"VIEWER\"]}"))
                .path("password")
                .asString();
        assertThat(password).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "short, Use at least 12 characters.",
        "i-am-forgetful-today, Do not use the username in the password.",
        "I-am-FORGETFUL-today, Do not use the username in the password."
    })
    void newPasswordHasToBeAGoodOne(String wanted, String complaint) {
        assertThat(complaintAbout(password, wanted, wanted, "New password")).isEqualTo(complaint);
    }

    @Test
    void longOneTheSameAndAMistypedOneAreRefused() {
        var long200 = "x".repeat(2_000);

        assertThat(complaintAbout(password, long200, long200, "New password")).startsWith("Use at most");
        assertThat(complaintAbout(password, password, password, "New password"))
                .isEqualTo("This is the current password.");
        assertThat(complaintAbout(password, "a fine new password", "a fine new pasword", "New password, again"))
                .isEqualTo("The two are not the same.");
        assertThat(complaintAbout("not it at all", "a fine new password", "a fine new password", "Current password"))
                .isEqualTo("This is not the current password.");
    }

    private String complaintAbout(String current, String wanted, String again, String label) {
        return screens.windowOf("forgetful", Roles.VIEWER)
                .open("password")
                .write("Current password", current)
                .write("New password", wanted)
                .write("New password, again", again)
                .press("Change password")
                .complaint(label);
    }
}
