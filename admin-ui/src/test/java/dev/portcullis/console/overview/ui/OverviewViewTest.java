package dev.portcullis.console.overview.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;

class OverviewViewTest {
    private static final RunningConsole CONSOLE = RunningConsole.shared();

    @RegisterExtension
    private final Screens screens = Screens.shared();

    @BeforeAll
    static void callsAreCounted() {
        new RecordedCalls(CONSOLE.database().dataSource()).record(OffsetDateTime.now(), "counted", "succeeded", 1);
        await().until(() -> RunningConsole.json(CONSOLE.get("/api/v1/overview"))
                .path("recorded")
                .asBoolean());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "period=9y",
                "from=yesterday&to=today",
                "from=2026-02-01T00:00:00Z",
                "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=1990-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"
            })
    void periodThatCannotBeShownIsTheLastDayAndSaysSo(String query) {
        var window = viewer().open("?" + query);

        assertThat(window.state()).isEqualTo("The period in the address cannot be shown. Calls in the last 24 hours");
    }

    @Test
    void periodOfOnesOwnIsChecked() {
        // Given
        var window = viewer().open("?period=1h").press("Custom…");

        // When
        pick(window, "From (UTC)", "2026-03-05T10:15");
        pick(window, "To (UTC)", "2026-03-05T10:15");
        window.press("Show");

        // Then
        assertThat(window.complaint("To (UTC)")).contains("behind the other");
        assertThat(window.address()).isEqualTo("?period=1h");

        // When
        pick(window, "To (UTC)", "2026-03-06T10:15");
        window.press("Show");

        // Then
        assertThat(window.dialogs()).isZero();
        assertThat(window.address()).contains("from=2026-03-05T10%3A15Z", "to=2026-03-06T10%3A15Z");
        assertThat(window.state()).isEqualTo("Calls in 2026-03-05 10:15:00 UTC to 2026-03-06 10:15:00 UTC");
    }

    @Test
    void periodOfOnesOwnCanBeLeft() {
        var window = viewer().open("?period=1h").press("Custom…").press("Cancel");

        assertThat(window.address()).isEqualTo("?period=1h");
        assertThat(window.dialogs()).isZero();
    }

    private Window viewer() {
        return screens.windowOf("vic", Roles.VIEWER);
    }

    private static void pick(Window window, String label, String time) {
        window.kit().test((DateTimePicker) window.field(label)).setValue(LocalDateTime.parse(time));
        window.settle();
    }
}
