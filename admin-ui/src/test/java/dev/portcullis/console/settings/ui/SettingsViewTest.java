package dev.portcullis.console.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.datepicker.DatePicker;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;

class SettingsViewTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @AfterEach
    void putBack() {
        CONSOLE.send("PUT", "/api/v1/settings/approval", "application/json", "{\"required\": false}");
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, people, People",
        "EDITOR, people, People",
        "APPROVER, events, For auditors",
        "ADMIN, events, For auditors",
    })
    void whatIsForOthersSaysForWhom(String role, String tab, String heading) {
        assertThat(screens.windowOf("somebody", role)
                        .open("settings?tab=" + tab)
                        .emptyStates())
                .containsExactly(heading);
    }

    /// List and export would have more than whoever made the address has meant.
    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from=yesterday; expected is a day such as 2026-11-27.",
        "from=2026-03-05T10:00:00Z, from=2026-03-05T10:00:00Z; expected is a day",
        "to=2026-02-30, to=2026-02-30; expected is a day",
        "to=%2B999999999-12-31, to=+999999999-12-31; expected is a day",
        "cursor=x, cursor=x; expected is that of a page of this list.",
        "from=2026-02-02&to=2026-02-01, The last day is before the first one",
    })
    void addressThatIsNoFilterListsAndExportsNoEvents(String query, String trouble) {
        // Given
        CONSOLE.get("/api/v1/tool-calls/export?tool=nothing");
        var events = "settings?tab=events&event=audit.exported";
        var window = screens.windowOf("audrey", Roles.AUDITOR);
        assertThat(window.open(events).links()).contains("Export these");

        // When
        window.open(events + "&" + query);

        // Then
        assertThat(window.emptyStates()).containsExactly("Not a filter");
        assertThat(window.text()).contains(trouble);
        assertThat(window.links()).doesNotContain("Export these");
        assertThat(window.offers()).contains("Clear").doesNotContain("Older");
        assertThat(window.press("Clear filters").address()).isEqualTo("settings?tab=events");
        assertThat(window.emptyStates()).isEmpty();
    }

    @Test
    void oneDayOfEventsIsAFilter() {
        var window =
                screens.windowOf("audrey", Roles.AUDITOR).open("settings?tab=events&from=2020-02-02&to=2020-02-02");

        assertThat(window.emptyStates()).containsExactly("Nothing matches");
    }

    @Test
    void filtersOfEventsThatANarrowWindowHidesAreCounted() {
        // Given
        var window = screens.windowOf("audrey", Roles.AUDITOR).open("settings?tab=events&actor=nobody");

        // When
        window.write("About", "nothing");

        // Then
        assertThat(window.address()).contains("subject=nothing", "actor=nobody");
        assertThat(window.offers()).contains("Filters (1)");
        assertThat(window.press("Clear").offers()).contains("Filters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "AUDITOR", "EDITOR", "APPROVER"})
    void settingsAreChangedByAdminsAlone(String role) {
        var window = screens.windowOf("somebody", role);

        assertThat(window.open("settings").offers()).doesNotContain("Place a hold…", "Change retention…");
        assertThat(window.open("settings?tab=tokens").offers()).doesNotContain("New token…", "Revoke…");
        assertThat(window.open("settings?tab=approval").offers()).doesNotContain("Switch on…");
        assertThat(window.open("settings?tab=people").offers()).doesNotContain("Add person…");
    }

    @ParameterizedTest
    @CsvSource({
        "retention, console.audit.partitions, docs/retention.md",
        "sinks, console.sinks, docs/siem.md",
    })
    void whatIsOnlyShownSaysWhereItIsSet(String tab, String key, String document) {
        var shown = admin("ada").open("settings?tab=" + tab).text();

        assertThat(shown.lines()).contains(key, document);
        assertThat(shown).contains("Set in the configuration file");
    }

    @Test
    void cancelChangesNothing() {
        var window =
                admin("ada").open("settings?tab=approval").press("Switch on…").cancel();

        assertThat(window.text()).contains("Off. Whoever has the role EDITOR publishes alone.");
    }

    @Test
    void whoeverSwitchesSecondIsToldAndSeesHowItIs() {
        // Given
        var ada = admin("ada").open("settings?tab=approval").press("Switch on…");
        var bob = admin("bob").open("settings?tab=approval").press("Switch on…");

        // When
        ada.confirm();
        bob.confirm();

        // Then
        assertThat(ada.told()).isEmpty();
        assertThat(bob.told()).containsExactly("Somebody else has changed it meanwhile. This is how it is now.");
        assertThat(bob.text()).contains("Last changed by ada");
        assertThat(bob.offers()).contains("Switch off…");
    }

    @Test
    void holdIsPlacedWithAReasonAndDaysInOrder() {
        // Given
        var window = admin("ada").open("settings").press("Place a hold…");

        // When
        window.press("Place hold");

        // Then
        assertThat(window.complaint("Reason")).isEqualTo("Say why.");

        // When
        window.write("Reason", "case 7");
        day(window, "First day (UTC)", "2026-03-02");
        day(window, "Last day (UTC)", "2026-03-01");
        window.press("Place hold");

        // Then
        assertThat(window.complaint("First day (UTC)")).isEqualTo("The first day must not be after the last one.");
        assertThat(window.press("Cancel").text()).doesNotContain("case 7");
    }

    @Test
    void whoeverReleasesAHoldSecondIsTold() {
        // Given
        admin("ada")
                .open("settings")
                .press("Place a hold…")
                .write("Reason", "case 8")
                .press("Place hold");
        var ada = release("ada");
        var bob = release("bob");

        // When
        ada.press("Release");

        // Then
        assertThat(ada.complaint("Why it may end")).isEqualTo("Say why.");

        // When
        ada.write("Why it may end", "closed").press("Release");
        bob.write("Why it may end", "closed").press("Release");

        // Then
        assertThat(ada.told()).isEmpty();
        assertThat(bob.told()).containsExactly("Somebody else has released this hold meanwhile.");
    }

    @Test
    void tokenNeedsANameAndARole() {
        // Given
        var window = admin("ada").open("settings?tab=tokens").press("New token…");

        // When
        window.write("Name", "not a name").press("Make token");

        // Then
        assertThat(window.complaint("Roles") + window.complaint("Name"))
                .isIn("Choose at least one.", "Not a name that a token may have.");
        assertThat(window.press("Cancel").dialogs()).isZero();
    }

    private Window release(String who) {
        var window = admin(who).open("settings");
        window.kit()
                .test(window.kit()
                        .find(Button.class)
                        .withAriaLabel("Release the hold “case 8”")
                        .single())
                .click();
        return window.settle();
    }

    private Window admin(String name) {
        return screens.windowOf(name, Roles.ADMIN);
    }

    private static void day(Window window, String label, String day) {
        window.kit().test((DatePicker) window.field(label)).setValue(LocalDate.parse(day));
        window.settle();
    }
}
