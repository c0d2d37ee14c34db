package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@InBrowser
class ApiKeysScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void keyIsShownOnceAndRevokedWithAReason(Look look, LivedInConsole console) {
        var name = "screen-" + look;
        try (var screen = console.open(look)) {
            screen.open("/api-keys", "API keys");
            var pages = screen.pages();

            // When it is made
            pages.button("Make a key…").click();
            pages.field("Name").fill(name);
            pages.field("Groups (optional)").fill("developers");
            screen.assertSound("api-keys-make");
            pages.button("Make the key").click();

            // Then it is shown
            assertThat(screen.page().locator(".keys-secret")).containsText("pck_");
            screen.photograph("api-keys-made");
            pages.button("I have copied it").click();
            assertThat(screen.page().locator(".keys-secret")).hasCount(0);
            screen.assertSound("api-keys");

            // When it is revoked
            pages.button("Revoke " + name).click();
            assertThat(pages.button("Revoke it now")).isDisabled();
            pages.field("Reason").fill("found in a repository");
            pages.button("Revoke it now").click();

            // Then it is no longer among the good ones
            assertThat(pages.button("Revoke " + name)).hasCount(0);
            screen.open("/api-keys?state=revoked&q=" + name, "API keys");
            assertThat(screen.page().locator(".keys-name")).hasText(name);
            screen.assertQuiet();
        }
    }
}
