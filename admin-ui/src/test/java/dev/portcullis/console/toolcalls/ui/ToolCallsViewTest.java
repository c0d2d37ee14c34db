package dev.portcullis.console.toolcalls.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.Screens;
import dev.portcullis.console.Window;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.counts.RecordedCalls;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;

class ToolCallsViewTest {
    private static final String TOOL = "seen_without_a_browser";
    private static final OffsetDateTime BEGINNING = OffsetDateTime.parse("2026-03-05T10:07:30Z");
    private static final RunningConsole CONSOLE = RunningConsole.shared();

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @BeforeAll
    static void record() {
        var calls = new RecordedCalls(CONSOLE.database().dataSource());
        calls.record(BEGINNING, TOOL, "succeeded", 1);
        calls.record(BEGINNING.plusMinutes(10), TOOL, "denied", 1);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from=yesterday",
        "to=2026-02-30T00:00:00Z, to=2026-02-30",
        "period=9y, 'one of 15m, 1h'",
        "outcome=lost, 'one of succeeded, denied'",
        "outcome=denied%2Clost, outcome=denied",
        "outcome=%2C, 'one of succeeded, denied'",
        "to=%2B999999999-01-01T00:00:00Z, to=+999999999",
        "decision=maybe, 'one of allowed, denied'",
        "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z, ends before it begins",
        "from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z, ends before it begins",
    })
    void addressThatIsNoFilterListsNothing(String query, String trouble) {
        var window = auditor().open("tool-calls?tool=" + TOOL + "&" + query);

        assertThat(window.emptyStates()).containsExactly("Not a filter");
        assertThat(window.text()).contains(trouble);
        assertThat(window.links()).doesNotContain("Export CSV");
        assertThat(window.press("Clear filters").address()).isEqualTo("tool-calls");
    }

    @Test
    void periodThatBeginsAfterTheEndHasNothingInIt() {
        var window = auditor().open("tool-calls?tool=" + TOOL + "&period=1h&to=2026-03-05T11:00:00Z");

        assertThat(window.emptyStates()).containsExactly("Nothing matches");
    }

    @Test
    void whatMatchesNothingSaysSo() {
        var window = auditor().open("tool-calls?tool=never_called");

        assertThat(window.emptyStates()).containsExactly("Nothing matches");
        assertThat(window.press("Clear filters").emptyStates()).isEmpty();
    }

    @Test
    void recordOfManyExchangesSaysHowMany() {
        // Given
        var id = new RecordedCalls(CONSOLE.database().dataSource()).turnAway(BEGINNING.minusYears(1), 5_000);

        // When
        var window = auditor().open("tool-calls/" + id);

        // Then
        assertThat(window.text()).contains("5,000 requests, only counted", "5,000 exchanges", "not_recordable");
        assertThat(window.text()).contains("Ended: refused by not recordable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-id", "11111111-1111-1111-1111-111111111111"})
    void callThatIsNotOnRecordSaysSo(String id) {
        var window = auditor().open("tool-calls/" + id);

        assertThat(window.emptyStates()).containsExactly("Not on record");
        assertThat(window.text()).contains("There is no exchange with the id " + id);
        assertThat(window.leave().address()).isEqualTo("tool-calls");
    }

    @Test
    void callIsLeftAlsoWhereItsOwnIdIsTheFilter() {
        var call = denied();
        var window = auditor().open("tool-calls/" + call + "?q=" + call);

        assertThat(window.leave().address()).isEqualTo("tool-calls?q=" + call);
    }

    @ParameterizedTest
    @CsvSource({"AUDITOR, true", "ADMIN, true", "VIEWER, false", "EDITOR, false", "APPROVER, false"})
    void exportIsForAuditorsAndAdmins(String role, boolean exports) {
        var window = screens.windowOf("somebody", role).open("tool-calls?tool=" + TOOL);

        assertThat(window.links().contains("Export CSV")).isEqualTo(exports);
        assertThat(window.text().contains("Auditors and admins can export")).isEqualTo(!exports);
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, false, false", "ADMIN, false, false", "AUDITOR, true, true"})
    void argumentsAndTodaysDecisionAreForAuditors(String role, boolean reveals, boolean explains) {
        var window = screens.windowOf("somebody", role).open("tool-calls/" + denied());

        assertThat(window.offers().contains("Reveal…")).isEqualTo(reveals);
        assertThat(window.text().contains("Only auditors can see them.")).isEqualTo(!reveals);
        assertThat(window.offers().contains("Explain again")).isEqualTo(explains);
    }

    @Test
    void nothingIsRevealedWithoutAReason() {
        // Given
        var window = auditor().open("tool-calls/" + denied()).press("Reveal…");

        // When
        window.write("Reason", "  ").press("Reveal");

        // Then
        assertThat(window.complaint("Reason")).isEqualTo("A reason is needed.");
        assertThat(window.press("Cancel").text()).contains("Out of sight.");
        assertThat(window.press("Reveal…")
                        .write("Reason", "T-1")
                        .press("Reveal")
                        .text())
                .contains("None on record.");
    }

    @Test
    void rangeOfOnesOwnStandsInTheAddress() {
        // Given
        var window = auditor().open("tool-calls?tool=" + TOOL).choose("Time", "Between…");

        // When
        pick(window, "From (UTC)", "2026-03-05T10:15");
        pick(window, "To (UTC)", "2026-03-05T10:30");

        // Then
        assertThat(window.address()).contains("from=2026-03-05T10%3A15Z", "to=2026-03-05T10%3A30Z");
        assertThat(rows(window)).isOne();

        // When
        pick(window, "To (UTC)", "2026-03-05T10:00");

        // Then
        assertThat(window.emptyStates()).containsExactly("Not a filter");

        // When
        window.choose("Time", "Last hour");

        // Then
        assertThat(window.address()).contains("period=1h").doesNotContain("from=", "to=");
        assertThat(window.emptyStates()).containsExactly("Nothing matches");
    }

    @Test
    void secondsThatNobodySeesAreKept() {
        // Given
        var window = auditor().open("tool-calls?tool=" + TOOL + "&from=2026-03-05T10:07:31Z&to=2026-03-05T11:00:00Z");

        // When
        window.choose("Decision", "denied");

        // Then
        assertThat(window.address()).contains("from=2026-03-05T10%3A07%3A31Z", "decision=denied");
        assertThat(rows(window)).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "'', Filters",
        "q=seen, Filters",
        "decision=denied, Filters (1)",
        "q=seen&route=a&caller=b&client=c&rule=d&outcome=denied, Filters (5)",
        "period=1h, Filters (1)",
        "period=1h&from=2026-03-05T10:00:00Z&to=2026-03-05T11:00:00Z, Filters (1)",
    })
    void filtersThatANarrowWindowHidesAreCounted(String query, String words) {
        assertThat(auditor().open("tool-calls?" + query).offers()).contains(words);
    }

    private Window auditor() {
        return screens.windowOf("audrey", Roles.AUDITOR);
    }

    private static void pick(Window window, String label, String time) {
        window.kit().test((DateTimePicker) window.field(label)).setValue(LocalDateTime.parse(time));
        window.settle();
    }

    private static int rows(Window window) {
        return window.kit().test(window.kit().find(ToolCallGrid.class).single()).size();
    }

    private static String denied() {
        return RunningConsole.json(CONSOLE.get("/api/v1/tool-calls?tool=" + TOOL + "&outcome=denied"))
                .at("/items/0/id")
                .asString();
    }
}
