package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.regex.Pattern;

@InBrowser
class ConnectScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void snippetIsChosenByClientAndRoute(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/connect", "Connect");

            // When
            screen.page()
                    .getByRole(
                            AriaRole.LINK,
                            new GetByRoleOptions().setName("Claude Code").setExact(true))
                    .click();

            // Then
            assertThat(screen.page()).hasURL(Pattern.compile(".*client=claude-code.*"));
            assertThat(screen.page().locator(".connect-text").first())
                    .containsText("claude mcp add --transport http port-eu http://127.0.0.1:");
            screen.assertSound("connect-claude-code");
        }
    }

    @Test
    void textIsCopiedWithTheKeyboard(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            screen.open("/connect?client=codex", "Connect");

            // When
            screen.pages().button("Copy: Command").focus();
            screen.page().keyboard().press("Enter");

            // Then
            assertThat(screen.pages().button("Copied: Command")).isVisible();
            org.assertj.core.api.Assertions.assertThat(screen.page().evaluate("() => navigator.clipboard.readText()"))
                    .asString()
                    .startsWith("codex mcp add port-eu --url http://127.0.0.1:");
        }
    }
}
