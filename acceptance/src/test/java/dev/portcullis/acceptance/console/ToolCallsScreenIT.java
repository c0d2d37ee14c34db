package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.portcullis.acceptance.JavaClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Map;
import java.util.regex.Pattern;

/// From a search to one call, why it was refused, and what today's policy would say.
@InBrowser
class ToolCallsScreenIT {
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
            assertThat(screen.page().locator(".fitting-grid .tool-name:visible"))
                    .hasText(new String[] {"delete_entity"});

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

    private static String newest(LivedInConsole console, String filter) {
        return console.api().toolCalls(filter).getFirst().required("id").asString();
    }

    private static GetByRoleOptions button(String name) {
        return new GetByRoleOptions().setName(name);
    }
}
