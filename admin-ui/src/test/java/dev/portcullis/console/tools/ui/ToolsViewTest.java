package dev.portcullis.console.tools.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.Screens;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolsViewTest {
    @RegisterExtension
    private final Screens screens = Screens.shared();

    @ParameterizedTest
    @CsvSource({
        "tool=no-route/no_tool, Not in the catalogue",
        "class=unheard-of&state=lost&tool=no-slash&tool=no-route/x, ''",
    })
    void addressOfWhatIsNotThereSaysSo(String query, String heading) {
        var window = screens.windowOf("vic", Roles.VIEWER).open("tools?" + query);

        assertThat(window.heading()).isEqualTo("Tools");
        assertThat(String.join(", ", window.emptyStates())).contains(heading);
    }

    @Test
    void detailOfNoToolIsLeftForTheList() {
        var window = screens.windowOf("vic", Roles.VIEWER).open("tools?route=no-route&tool=no-route/no_tool");

        assertThat(window.leave().address()).isEqualTo("tools?route=no-route");
        assertThat(window.emptyStates()).doesNotContain("Not in the catalogue");
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, false", "AUDITOR, false", "APPROVER, false", "EDITOR, true", "ADMIN, true"})
    void claimsAreAcceptedByEditors(String role, boolean offered) {
        var window = screens.windowOf("somebody", role).open("tools");

        assertThat(window.text().contains("Accept read-only claims…")).isEqualTo(offered);
    }
}
