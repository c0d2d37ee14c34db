package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
