package dev.portcullis.console.evidence.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.Screens;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceViewTest {
    @RegisterExtension
    private final Screens screens = Screens.shared();

    @ParameterizedTest
    @ValueSource(strings = {"from=2026-02-02&to=2026-02-01", "from=2020-01-01&to=2026-01-01"})
    void periodThatIsNoneHasNoArchive(String query) {
        var window = screens.windowOf("audrey", Roles.AUDITOR).open("evidence?" + query);

        assertThat(window.emptyStates()).containsExactly("No such period");
        assertThat(window.links()).noneMatch(link -> link.contains("archive"));
    }

    @Test
    void dayThatCannotBeReadIsTheMonthSoFar() {
        var window = screens.windowOf("audrey", Roles.AUDITOR).open("evidence?from=yesterday&to=2026-13-01");

        assertThat(window.emptyStates()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "EDITOR", "APPROVER", "ADMIN"})
    void evidenceIsForAuditors(String role) {
        assertThat(screens.windowOf("somebody", role).open("evidence").emptyStates())
                .containsExactly("For auditors");
    }
}
