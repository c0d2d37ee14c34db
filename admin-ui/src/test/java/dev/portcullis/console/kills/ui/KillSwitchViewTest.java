package dev.portcullis.console.kills.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KillSwitchViewTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();
    private static final String STOP = "Stop all MCP traffic";

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @BeforeEach
    @AfterEach
    void release() {
        RunningConsole.json(CONSOLE.get("/api/v1/kills"))
                .path("items")
                .forEach(kill -> CONSOLE.send(
                        CONSOLE.request("/api/v1/kills/" + kill.path("id").asString() + "?reason=over")
                                .DELETE()));
    }

    @Test
    void nothingIsStoppedWithoutAReason() {
        var window = admin().open("kill-switch").press(STOP);

        assertThat(window.complaint("Reason")).startsWith("Say why.");
        assertThat(window.dialogs()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-01T00:00:00Z", "tomorrow", "", "2027-01-01T00:00:00"})
    void endMustBeATimeToCome(String time) {
        // Given
        var window = admin().open("kill-switch").write("Reason", "drill").choose("Ends", "At a time…");

        // When
        window.write("Time", time).press(STOP);

        // Then
        assertThat(window.complaint("Time")).startsWith("until");
        assertThat(window.dialogs()).isZero();
    }

    @Test
    void scopeOfNothingIsNoScope() {
        // Given
        var window = admin().open("kill-switch")
                .write("Reason", "drill")
                .choose("What to stop", "Only what matches all of…");

        // When
        window.press("Stop this traffic");

        // Then
        assertThat(window.complaint("Routes")).isEqualTo("Fill in at least one of these.");
    }

    @Test
    void cancelStopsNothingAndKeepsWhatWasWritten() {
        // When
        var window =
                admin().open("kill-switch").write("Reason", "drill").press(STOP).cancel();

        // Then
        assertThat(RunningConsole.json(CONSOLE.get("/api/v1/kills")).path("items"))
                .isEmpty();
        assertThat(window.press(STOP).dialogs()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "AUDITOR", "EDITOR", "APPROVER"})
    void otherRolesSeeAKillAndCanDoNothingAboutIt(String role) {
        // Given
        engage();

        // When
        var window = screens.windowOf("somebody", role).open("kill-switch");

        // Then
        assertThat(window.text()).contains("a drill of two", "Kill switch engaged for");
        assertThat(window.offers()).doesNotContain("Release…", STOP);
    }

    @Test
    void whoeverReleasesSecondIsTold() {
        // Given
        engage();
        var ada = admin().open("kill-switch").press("Release…");
        var bob = screens.windowOf("bob", Roles.ADMIN).open("kill-switch").press("Release…");

        // When
        releaseFor(ada, "it is over");
        releaseFor(bob, "it is over, too");

        // Then
        assertThat(ada.told()).isEmpty();
        assertThat(bob.told()).singleElement().asString().contains("somebody else has released it");
        assertThat(bob.text()).contains("Not engaged.");
    }

    /// Whoever stands on its button does not lose it.
    @Test
    void killStaysWhereItIsWhenAnotherOneComes() {
        // Given
        engage();
        var window = admin().open("kill-switch");
        var first = window.button("Release…");

        // When
        window.write("Reason", "drill").press(STOP).confirm();

        // Then
        assertThat(window.kit().find(Button.class).withText("Release…").all())
                .hasSize(2)
                .last()
                .isSameAs(first);
    }

    private static void releaseFor(Window window, String reason) {
        assertThat(window.button("Release").isEnabled()).isFalse();
        window.write("Why it may end", reason);
        assertThat(window.button("Release").isEnabled()).isFalse();
        window.write("Type “release” to confirm", "release").press("Release");
    }

    private Window admin() {
        return screens.windowOf("ada", Roles.ADMIN);
    }

    private static void engage() {
        var answer = CONSOLE.post(
                "/api/v1/kills", "{\"scope\": {\"clients\": [\"nobody-s-client\"]}, \"reason\": \"a drill of two\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}
