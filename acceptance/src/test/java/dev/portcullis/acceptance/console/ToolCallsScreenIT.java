package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.portcullis.acceptance.JavaClient;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.regex.Pattern;

/// From a search to one call, why it was refused, and what today's policy would say.
@InBrowser
class ToolCallsScreenIT {
    private static final String NOTHING_IS_CUT_OFF = """
            () => [...document.querySelectorAll('.toolcalls-time input')]
                .every(input => input.scrollWidth <= input.clientWidth)""";
    private static final String DETAIL = ".call-detail";

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void detailOfARefusedCallIsSound(Look look, LivedInConsole console) {
        var refused = newest(console, "tool=delete_entity");
        try (var screen = console.open(look)) {
            screen.open("/tool-calls/" + refused + "?q=delete", "Tool calls");
            var detail = screen.page().locator(DETAIL);

            assertThat(detail.locator(".toolcalls-path")).containsText("Ended: denied by nothing-is-deleted");
            detail.getByRole(AriaRole.BUTTON, button("Explain again")).click();
            assertThat(detail.locator(".toolcalls-same")).hasText("The same as then.");
            assertThat(detail.locator(".toolcalls-rules")).containsText("nothing-is-deleted");

            screen.assertSound("tool-call");
        }
    }

    @Test
    void searchStandsInTheAddressAndAnIdLeadsToItsCall(LivedInConsole console) {
        var refused = newest(console, "tool=delete_entity");
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/tool-calls", "Tool calls");
            var search = screen.pages().field("Search");

            search.fill("DELETE_ent");
            search.press("Enter");
            assertThat(screen.page()).hasURL(Pattern.compile("[?&]q=DELETE_ent"));
            assertThat(screen.page().getByText("delete_entity").first()).isVisible();
            assertThat(names(screen)).hasText(new String[] {"delete_entity"});

            search.fill(refused);
            search.press("Enter");
            assertThat(screen.page()).hasURL(Pattern.compile("/tool-calls/" + refused));
            assertThat(screen.page().locator(DETAIL)).containsText("delete_entity");
            screen.assertQuiet();
        }
    }

    @Test
    void neighboursAreReachedWithKeys(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/tool-calls/" + newest(console, "limit=1"), "Tool calls");
            assertThat(screen.page().locator(DETAIL)).isVisible();
            var first = screen.page().url();

            screen.page().keyboard().press("Alt+ArrowDown");
            assertThat(screen.page()).not().hasURL(first);
            screen.settle();
            screen.page().keyboard().press("Alt+ArrowUp");

            assertThat(screen.page()).hasURL(first);
        }
    }

    @Test
    void newCallAppearsWhileSomebodyWatches(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/tool-calls", "Tool calls");
            screen.page().getByLabel("Live").check();

            // When
            try (var client =
                    JavaClient.connect(console.gateway().proxy(), Traffic.OPEN_ROUTE, "watched-client", Map.of())) {
                client.call("list_blueprints", Map.of());
            }

            // Then
            assertThat(screen.page().getByText("watched-client").first()).isVisible();
            screen.assertQuiet();
        }
    }

    @Test
    void rangeOfOnesOwnIsChosenWithTheMouse(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/tool-calls?tool=delete_entity", "Tool calls");
            var page = screen.page();
            var from = page.locator(".toolcalls-time vaadin-date-time-picker").first();

            // When
            page.locator(".toolcalls-time vaadin-select").click();
            page.getByRole(AriaRole.OPTION, option("Between…")).click();
            from.locator("vaadin-date-picker [part~=toggle-button]").click();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Today"))
                    .click();
            from.locator("vaadin-time-picker [part~=toggle-button]").click();
            page.getByRole(AriaRole.OPTION, option("00:00")).click();

            // Then
            assertThat(page).hasURL(Pattern.compile("[?&]from=[0-9-]{10}T00(:|%3A)00Z"));
            assertThat(names(screen)).hasText(new String[] {"delete_entity"});

            // When
            page.reload();

            // Then
            assertThat(page).hasURL(Pattern.compile("[?&]from=[0-9-]{10}T00(:|%3A)00Z"));
            assertThat(from.locator("input").last()).hasValue("00:00");
            assertThat(names(screen)).hasText(new String[] {"delete_entity"});
            screen.settle().assertQuiet();
        }
    }

    @Test
    void rangeOfOnesOwnIsTypedAndHeldByTheAddress(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/tool-calls?tool=delete_entity", "Tool calls");
            var keyboard = new Keyboard(screen.page());
            var fields = screen.page().locator(".toolcalls-time vaadin-date-time-picker input");

            // When
            screen.page().locator(".toolcalls-time vaadin-select-value-button").focus();
            keyboard.press("Enter");
            assertThat(screen.page().getByRole(AriaRole.OPTION, option("Between…")))
                    .isVisible();
            screen.settle();
            keyboard.press("End", "Enter");
            assertThat(fields).hasCount(4);
            screen.settle();
            type(screen, fields.nth(0), "2020-01-01");
            type(screen, fields.nth(1), "10:15");
            assertThat(screen.page()).hasURL(Pattern.compile("[?&]from=2020-01-01T10(:|%3A)15Z"));
            screen.settle();
            type(screen, fields.nth(2), "2020-01-02");
            type(screen, fields.nth(3), "00:00");

            // Then
            assertThat(screen.page()).hasURL(Pattern.compile("[?&]to=2020-01-02T00(:|%3A)00Z"));
            assertThat(screen.page().getByText("No call on record matches these filters."))
                    .isVisible();

            // When
            screen.page().reload();

            // Then
            assertThat(fields.nth(0)).hasValue("2020-01-01");
            assertThat(fields.nth(1)).hasValue("10:15");
            assertThat(fields.nth(2)).hasValue("2020-01-02");
            assertThat(fields.nth(3)).hasValue("00:00");
            Assertions.assertThat(screen.page().evaluate(NOTHING_IS_CUT_OFF)).isEqualTo(true);
            screen.assertSound("tool-calls-nothing-matches");

            // When
            type(screen, fields.nth(2), "2100-01-01");

            // Then
            assertThat(names(screen)).hasText(new String[] {"delete_entity"});

            // When
            type(screen, fields.nth(2), "2019-01-01");

            // Then
            assertThat(screen.page().getByText("The time ends before it begins"))
                    .isVisible();
            screen.assertSound("tool-calls-upside-down");
        }
    }

    private static Locator names(Screen screen) {
        return screen.page().locator(".fitting-grid .tool-name:visible");
    }

    private static Page.GetByRoleOptions option(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static String newest(LivedInConsole console, String filter) {
        return console.api().toolCalls(filter).getFirst().required("id").asString();
    }

    private static void type(Screen screen, Locator field, String text) {
        var keyboard = new Keyboard(screen.page());
        field.focus();
        keyboard.press("ControlOrMeta+A").type(text);
        // A calendar that opens by itself hides all else from screen readers.
        assertThat(screen.page().locator("[aria-hidden=true] input")).hasCount(0);
        keyboard.press("Enter");
        screen.settle();
    }

    private static GetByRoleOptions button(String name) {
        return new GetByRoleOptions().setName(name);
    }
}
