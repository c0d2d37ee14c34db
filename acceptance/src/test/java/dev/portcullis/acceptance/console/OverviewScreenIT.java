package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.regex.Pattern;

/// The overview: numbers that lead to the calls behind them, as charts and as a table.
@InBrowser
class OverviewScreenIT {
    private static final Pattern REFUSED_CALLS = Pattern.compile("/tool-calls\\?.*outcome=denied");

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void overviewIsSound(Look look, LivedInConsole console) {
        awaitCounted(console);
        try (var screen = console.open(look)) {
            screen.open("/", "Overview");
            assertThat(screen.page().locator("time-chart svg")).hasCount(2);

            screen.assertSound("overview");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void chartsHaveATable(Look look, LivedInConsole console) {
        awaitCounted(console);
        try (var screen = console.open(look)) {
            screen.open("/?period=1h", "Overview");

            link(screen.page(), "Show as table").click();

            assertThat(screen.page().getByRole(AriaRole.TABLE)).isVisible();
            assertThat(screen.page()).hasURL(Pattern.compile("as=table"));
            screen.assertSound("overview-table");
        }
    }

    @Test
    void numberLeadsToTheCallsBehindIt(LivedInConsole console) {
        awaitCounted(console);
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/", "Overview");

            refusals(screen).click();

            assertThat(screen.pages().heading("Tool calls")).isVisible();
            assertThat(screen.page()).hasURL(REFUSED_CALLS);
            screen.settle().assertQuiet();
        }
    }

    @Test
    void stepOfAChartLeadsToItsCalls(LivedInConsole console) {
        awaitCounted(console);
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/?period=1h", "Overview");
            var chart = screen.page().locator("time-chart").first();
            assertThat(chart.locator("svg")).isVisible();
            var box = chart.boundingBox();

            screen.page().mouse().click(box.x + box.width * 0.6, box.y + 20);

            assertThat(screen.page()).hasURL(Pattern.compile("/tool-calls\\?.*from="));
            screen.settle().assertQuiet();
        }
    }

    @Test
    void keyboardReachesAPeriodAndTheListBehindATool(LivedInConsole console) {
        awaitCounted(console);
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/", "Overview");

            link(screen.page(), "Show the last 7 days").focus();
            screen.page().keyboard().press("Enter");
            assertThat(screen.page()).hasURL(Pattern.compile("period=7d"));
            screen.page().locator(".overview-top-link").first().focus();
            screen.page().keyboard().press("Enter");

            assertThat(screen.page()).hasURL(Pattern.compile("/tool-calls\\?.*tool="));
        }
    }

    @Test
    void periodOfOnesOwnIsTypedAndHeldByTheAddress(LivedInConsole console) {
        awaitCounted(console);
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/?period=1h", "Overview");
            var keyboard = new Keyboard(screen.page());
            keyboard.tabTo("Custom…").press("Enter");
            var fields = screen.page().locator(".overview-custom-fields input");
            assertThat(fields.first()).isFocused();

            // When
            keyboard.press("ControlOrMeta+A").type("2020-01-01").press("Enter");
            screen.settle();
            fields.nth(1).focus();
            keyboard.press("ControlOrMeta+A").type("10:15").press("Enter");
            screen.settle();
            keyboard.tabTo("Show").press("Enter");

            // Then
            var address = Pattern.compile("\\?.*from=2020-01-01T10(:|%3A)15");
            assertThat(screen.page()).hasURL(address);
            assertThat(screen.page().getByText("Calls in 2020-01-01 10:15:00 UTC to "))
                    .isVisible();
            assertThat(refusals(screen)).not().hasText(Pattern.compile("Refusals\\s*0\\b"));

            // When
            screen.page().reload();

            // Then
            assertThat(screen.page()).hasURL(address);
            assertThat(screen.page().getByText("Calls in 2020-01-01 10:15:00 UTC to "))
                    .isVisible();

            // When
            refusals(screen).click();

            // Then
            assertThat(screen.page()).hasURL(Pattern.compile("/tool-calls\\?.*from="));
            assertThat(screen.page().getByText("delete_entity").first()).isVisible();
            screen.settle().assertQuiet();
        }
    }

    private static Locator refusals(Screen screen) {
        return screen.page().locator(".overview-tile").filter(new Locator.FilterOptions().setHasText("Refusals"));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void awaitCounted(LivedInConsole console) {
        Awaitility.await("calls are counted")
                .atMost(Duration.ofSeconds(30))
                .until(() -> console.api().get("/overview").required("rules").size() > 0);
    }
}
