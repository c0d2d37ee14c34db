package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.regex.Pattern;

/// The filters above lists: side by side where there is room, and behind a button where there is none.
@InBrowser
class FiltersIT {
    /// The address has a search and one other filter.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "tool-calls, /tool-calls?q=e&outcome=succeeded, Tool calls, 8",
        "callers, /callers?text=e&kind=anonymous, Callers, 3",
        "tools, /tools?text=e&class=read, Tools, 3",
        "api-keys, /api-keys?q=e&state=all, API keys, 2",
        "settings-events, /settings?tab=events&subject=e&actor=admin, Settings, 4",
    })
    void filtersAreBehindAButtonOnATelephone(
            String name, String path, String heading, int others, LivedInConsole console) {
        try (var screen = console.open(Look.TELEPHONE_DARK)) {
            // Given
            screen.open(path, heading);
            var fields = fields(screen);
            var address = screen.page().url();
            assertThat(screen.page().locator(".filter-bar input").first()).isVisible();
            assertThat(fields.first()).isHidden();

            // When
            var keyboard = new Keyboard(screen.page());
            keyboard.tabTo("Filters (1)").press("Enter");

            // Then
            assertThat(toggle(screen)).hasAttribute("aria-expanded", "true");
            assertThat(fields).hasCount(others);
            screen.settle();
            assertOneBelowTheOther(fields);
            assertThat(keyboard.assertNotLost().name()).isEqualTo("Filters (1)");
            screen.assertSound(name + "-filters");
            var byDay = screen.inTheOtherScheme();
            byDay.assertSound(name + "-filters");

            // When
            keyboard.press("Enter");

            // Then
            assertThat(fields.first()).isHidden();
            assertThat(screen.page()).hasURL(address);
            byDay.settle().photograph(name + "-filtered");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/tool-calls, Tool calls, Route, port-eu", "/settings?tab=events, Settings, Who, admin"})
    void filtersStayOpenWhileOneIsChosen(
            String path, String heading, String field, String value, LivedInConsole console) {
        try (var screen = console.open(Look.TELEPHONE_DARK)) {
            // Given
            screen.open(path, heading);
            var keyboard = new Keyboard(screen.page());
            keyboard.tabTo("Filters").press("Enter");
            assertThat(fields(screen).first()).isVisible();

            // When
            keyboard.tabTo(field).type(value);
            assertThat(screen.page()
                            .getByRole(AriaRole.OPTION)
                            .filter(new Locator.FilterOptions().setHasText(value))
                            .first())
                    .isVisible();
            keyboard.press("Enter");

            // Then
            assertThat(screen.page()).hasURL(Pattern.compile("[?&](route|actor)=" + value));
            assertThat(toggle(screen)).hasText("Filters (1)");
            assertThat(fields(screen).first()).isVisible();
            screen.settle();
            assertThat(keyboard.assertNotLost().name()).isEqualTo(field);
            screen.assertQuiet();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/tool-calls, Tool calls", "/settings?tab=events, Settings"})
    void filtersStandSideBySideAtADesk(String path, String heading, LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open(path, heading);

            assertThat(fields(screen).first()).isVisible();
            assertThat(toggle(screen)).isHidden();
        }
    }

    private static Locator fields(Screen screen) {
        return screen.page()
                .locator(".filter-bar-others :is(vaadin-combo-box, vaadin-select, vaadin-date-picker,"
                        + " vaadin-text-field):visible");
    }

    private static Locator toggle(Screen screen) {
        return screen.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Filters")));
    }

    private static void assertOneBelowTheOther(Locator fields) {
        for (var below = 1; below < fields.count(); below++) {
            var upper = fields.nth(below - 1).boundingBox();
            var lower = fields.nth(below).boundingBox();
            assertThat(lower.y).isGreaterThanOrEqualTo(upper.y + upper.height);
            assertThat(lower.x).isEqualTo(upper.x);
            assertThat(lower.width).isEqualTo(upper.width);
        }
    }
}
