package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDate;
import java.time.ZoneOffset;

@InBrowser
class RoutesScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void credentialIsAddedRenewedAndDeleted(Look look, LivedInConsole console) {
        var name = "screen-" + look;
        try (var screen = console.open(look)) {
            screen.open("/routes", "Routes");
            var pages = screen.pages();
            assertThat(screen.page().locator(".routes-name").first()).containsText("port-eu");

            // When what is wrong is sent, it is said beside its field
            pages.button("Add credential…").click();
            pages.field("Name").fill(name);
            pages.field("Header").fill("X-Api-Key");
            screen.page().getByLabel("Value of the header").fill("hunter2");
            pages.button("Add credential").click();
            assertThat(screen.page().getByText("origins of upstreams").first()).isVisible();

            // When it is mended, it is kept, without the secret
            pages.field("Upstreams that may be shown it").fill("https://mcp.example.com");
            pages.button("Add credential").click();
            assertThat(pages.button("New secret for " + name)).isVisible();
            assertThat(screen.page().getByText("hunter2")).hasCount(0);
            screen.assertSound("routes");

            // When it is not needed, it can go
            pages.button("Delete " + name).click();
            pages.button("Delete it").click();
            assertThat(pages.button("Delete " + name)).hasCount(0);
            screen.assertQuiet();
        }
    }

    @Test
    void credentialGetsAnEndAndListsAreNarrowedDownToIt(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/routes", "Routes");
            var pages = screen.pages();
            pages.button("Add credential…").click();
            pages.field("Name").fill("of-an-end");
            pages.field("Header").fill("X-Api-Key");
            pages.field("Upstreams that may be shown it").fill("https://mcp.example.com");
            screen.page().getByLabel("Value of the header").fill("hunter2");
            pages.button("Add credential").click();

            // When
            pages.button("Change the end of of-an-end").click();
            var day = screen.page().getByLabel("Last day (UTC, optional)");
            day.fill(LocalDate.now(ZoneOffset.UTC).plusDays(10).toString());
            day.press("Enter");
            screen.assertSound("routes-end");
            pages.button("Change the end").click();

            // Then
            assertThat(screen.page().getByText("ends soon").first()).isVisible();
            screen.open("/routes?ends=ended", "Routes");
            assertThat(screen.page().getByText("No credential ends then.")).isVisible();
            screen.open("/routes?ends=expiring", "Routes");
            assertThat(pages.button("Change the end of of-an-end")).isVisible();
            screen.open("/", "Overview");
            assertThat(screen.page().getByText("Credential of-an-end, used by no route, expires at"))
                    .isVisible();
            screen.open("/routes", "Routes");
            pages.button("Delete of-an-end").click();
            pages.button("Delete it").click();
            assertThat(pages.button("Delete of-an-end")).hasCount(0);
        }
    }
}
