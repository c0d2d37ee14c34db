package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an admin must be able to do without a mouse: publish a policy, and stop all traffic. Nothing here
/// clicks, and no script moves the focus.
@InBrowser
class KeyboardIT {
    private static final IsVisibleOptions SOON = new IsVisibleOptions().setTimeout(20_000);

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void policyIsPublishedByKeyboard(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/policy", "Policy");
            var keyboard = new Keyboard(screen.page());

            // When what is typed is wrong, it is said at once
            keyboard.tabTo("Policy document");
            keyboard.press("Control+End", "Enter").type("nonsense: true");
            assertThat(screen.page().locator(".problem").first()).isVisible(SOON);
            assertThat(screen.pages().button("Publish…")).isDisabled();

            // And when it is mended, it can be published
            keyboard.press("Shift+Home", "Delete").type("# written by keyboard");
            assertThat(screen.pages().button("Publish…")).isEnabled();
            screen.assertSound("policy-edited");
            keyboard.tabBackTo("Publish…").press("Enter");
            assertThat(screen.pages().field("Comment")).isFocused();
            screen.assertSound("policy-publish");
            keyboard.type("By keyboard").tabTo("Publish").press("Enter");

            // Then
            assertThat(screen.page().getByText("is in force").first()).isVisible(SOON);
            screen.settle();
            keyboard.assertNotLost();
            assertThat(console.api()
                            .get("/policy/versions")
                            .at("/items/0/comment")
                            .asString())
                    .isEqualTo("By keyboard");
            screen.assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void allTrafficIsStoppedAndReleasedByKeyboard(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given any screen: two steps lead to the kill switch's confirmation
            screen.open("/replicas", "Replicas");
            var keyboard = new Keyboard(screen.page());
            keyboard.tabTo("Kill switch").press("Enter");
            assertThat(screen.pages().heading("Kill switch")).isVisible();

            // When
            keyboard.tabTo("Reason").type("A key has leaked");
            keyboard.tabTo("Stop all MCP traffic").press("Enter");
            assertThat(screen.pages().button("Stop everything now")).isVisible();
            screen.assertSound("kill-switch-engage");
            keyboard.assertNotLost();
            if (!keyboard.focus().name().equals("Stop everything now")) {
                keyboard.tabTo("Stop everything now");
            }
            keyboard.press("Enter");

            // Then
            assertThat(screen.pages().heading("All MCP traffic is stopped")).isVisible();
            assertThat(screen.page().getByText("obeys").first()).isVisible(SOON);
            screen.settle();
            assertThat(screen.pages().heading("All MCP traffic is stopped")).isFocused();
            keyboard.assertNotLost();

            // And it is released
            keyboard.tabTo("Release…").press("Enter");
            assertThat(screen.pages().field("Why it may end")).isVisible();
            screen.assertSound("kill-switch-release");
            assertThat(screen.pages().field("Why it may end")).isFocused();
            keyboard.assertNotLost();
            keyboard.type("The key is replaced");
            keyboard.tabTo("Type “release” to confirm").type("release");
            keyboard.tabTo("Release").press("Enter");
            assertThat(screen.page().getByText("Not engaged.").first()).isVisible(SOON);
            screen.settle();
            assertThat(screen.pages().field("Reason")).isFocused();
            keyboard.assertNotLost();
            screen.assertQuiet();
        } finally {
            console.releaseEveryKill();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void shortcutLeadsToTheReasonForStoppingAll(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            screen.open("/tool-calls", "Tool calls");
            var keyboard = new Keyboard(screen.page());

            keyboard.press("Alt+Shift+K");

            assertThat(screen.pages().heading("Kill switch")).isVisible();
            assertThat(screen.pages().field("Reason")).isFocused();
            screen.settle();
            keyboard.assertNotLost();
            keyboard.type("A key has leaked").tabTo("Stop all MCP traffic").press("Enter");
            assertThat(screen.pages().button("Stop everything now")).isVisible();
            screen.settle().assertQuiet();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void dialogGivesTheFocusBackWhenItIsLeft(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            screen.open("/kill-switch", "Kill switch");
            var keyboard = new Keyboard(screen.page());
            keyboard.tabTo("Reason").type("Only looking");
            keyboard.tabTo("Stop all MCP traffic").press("Enter");
            assertThat(screen.pages().button("Stop everything now")).isVisible();
            screen.settle();
            keyboard.assertNotLost();

            keyboard.press("Escape");

            assertThat(screen.pages().button("Stop everything now")).isHidden();
            screen.settle();
            assertThat(keyboard.assertNotLost().name()).isEqualTo("Stop all MCP traffic");
        }
    }
}
