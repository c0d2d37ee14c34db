package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.regex.Pattern;

/// From the catalogue to one tool, and a decision about it that is taken back.
@InBrowser
class ToolsScreenIT {
    private static final String DETAIL = ".tools-detail";

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void toolIsFoundAndItsDetailIsSound(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/tools?route=port-eu&text=delete_ent", "Tools");

            // When
            screen.page().locator(".tool-name:visible").first().click();

            // Then
            assertThat(screen.page()).hasURL(Pattern.compile("tool=port-eu(/|%2F)delete_entity"));
            assertThat(screen.page().locator(DETAIL)).containsText("nothing-is-deleted");
            assertThat(screen.page().locator(DETAIL)).containsText("delete, from the profile");
            screen.assertSound("tool");
        }
    }

    @Test
    void classIsSetWithAReasonAndTheDecisionIsTakenBack(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/tools?tool=port-eu/get_page", "Tools");
            var detail = screen.page().locator(DETAIL);
            assertThat(detail).containsText("read, from the profile");

            // When
            screen.page().locator(".tools-fields vaadin-select").click();
            screen.page()
                    .getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("admin"))
                    .click();
            screen.pages().field("Reason").fill("it shows what only admins see");
            screen.pages().button("Set the class only").click();

            // Then
            assertThat(detail).containsText("admin, reviewed");
            screen.pages().button("Take the decision back").click();
            assertThat(detail).containsText("read, from the profile");
            screen.assertQuiet();
        }
    }

    @Test
    void toolIsNotBlockedWithoutAReason(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/tools?tool=port-eu/get_page", "Tools");

            // When
            screen.pages().button("Block").click();

            // Then
            assertThat(screen.page().locator(DETAIL).getByText("Say why. The rule that blocks it carries the reason."))
                    .isVisible();
            assertThat(screen.pages().field("Reason")).isFocused();
        }
    }
}
