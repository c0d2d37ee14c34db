package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.regex.Pattern;

/// From the list to one caller, and a session that is taken back and made good again.
@InBrowser
class CallersScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void sessionIsTakenBackAndMadeGoodAgain(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/callers?tab=sessions", "Callers");
            assertThat(screen.page().getByText("used within 30 minutes")).isVisible();
            screen.assertSound("callers-sessions");
            screen.open("/callers?text=" + Traffic.KEY_NAME, "Callers");
            screen.page().locator(".tool-name:visible").first().click();
            assertThat(screen.page()).hasURL(Pattern.compile("caller="));
            var detail = screen.page().locator(".callers-detail");
            assertThat(detail).containsText("deployer");
            screen.assertSound("caller");

            // When it is taken back
            detail.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(Pattern.compile("^Revoke session ")))
                    .first()
                    .click();
            assertThat(screen.pages().button("Revoke")).isDisabled();
            screen.pages().field("Reason").fill("seen elsewhere, " + look);
            screen.pages().button("Revoke").click();
            assertThat(detail.getByText("revoked").first()).isVisible();

            // Then it is listed, and can be good again
            screen.open("/callers?tab=revocations", "Callers");
            var card = screen.page()
                    .locator(".callers-revocations .panel")
                    .filter(new FilterOptions().setHasText("seen elsewhere, " + look));
            assertThat(card).containsText("in force");
            screen.assertSound("callers-revocations");
            card.getByRole(AriaRole.BUTTON).click();
            screen.pages().field("Reason").fill("it was a test");
            screen.pages().button("Lift").click();
            assertThat(card).containsText("over");
        }
    }
}
