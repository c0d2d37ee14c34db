package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.regex.Pattern;

/// The policy's screen. Nothing is saved here: the draft is everybody's.
@InBrowser
class PolicyScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void ruleIsChangedOnItsCardAndInTheText(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/policy?q=gone", "Policy");
            var page = screen.page();
            assertThat(page.locator(".policy-card-does").first()).containsText("These tools are refused: delete_*");

            // When
            screen.pages().button("Edit rule nothing-is-deleted").click();
            var owner = page.getByLabel("Owner", new GetByLabelOptions().setExact(true));
            owner.fill("Platform team");
            owner.press("Tab");
            assertThat(page.locator(".policy-rule-text policy-editor")).containsText("owner: Platform team");
            screen.assertSound("policy-rule");
            screen.pages().button("Apply to the draft").click();

            // Then
            assertThat(page.locator(".policy-card").first()).containsText("Owner: Platform team");
            assertThat(page.locator(".editor-panel policy-editor")).containsText("owner: Platform team");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void caseInTheUrlIsDecided(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // When
            screen.open("/policy?tab=bench&policy=published&route=port-eu&tool=delete_entity&caller=ada", "Policy");

            // Then
            assertThat(screen.page().locator(".policy-answer-head")).containsText("Refused");
            assertThat(screen.page().locator(".policy-answer")).containsText("nothing-is-deleted");
            screen.assertSound("policy-bench");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void replayTellsWhatTheDraftWouldChange(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/policy?tab=impact", "Policy");

            // When
            screen.pages().button("Replay").click();

            // Then
            assertThat(screen.page().locator(".policy-numbers")).containsText("refused as before");
            assertThat(screen.page().getByText(Pattern.compile("^Finished:"))).isVisible();
            assertThat(screen.page()).hasURL(Pattern.compile("replay="));
            screen.assertSound("policy-impact");
        }
    }

    @Test
    void ruleThatObservesIsMadeToEnforceOnItsCard(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/policy?q=no-new-scorecards", "Policy");
            var card = screen.page().locator(".policy-card").first();
            assertThat(card).containsText("Only observes");

            // When
            screen.page()
                    .getByRole(AriaRole.MENUITEM, new GetByRoleOptions().setName("More for rule no-new-scorecards"))
                    .click();
            screen.page()
                    .getByRole(AriaRole.MENUITEM, new GetByRoleOptions().setName("Enforce"))
                    .click();

            // Then
            assertThat(card).containsText("Enforced");
            assertThat(card).containsText("observed");
            assertThat(screen.page().locator(".editor-panel policy-editor"))
                    .not()
                    .containsText("mode: observe");
        }
    }

    @Test
    void caseOnTheBenchBecomesATest(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/policy?tab=bench&policy=published&route=port-eu&tool=delete_entity&caller=ada", "Policy");

            // When
            screen.pages().button("Save as test…").click();
            screen.pages().field("Name").fill("ada deletes nothing");
            screen.pages().button("Save").click();

            // Then
            screen.open("/policy?tab=tests", "Policy");
            screen.pages().button("Run tests").click();
            assertThat(screen.page().getByText("1 passed, 0 failed")).isVisible();
            screen.assertSound("policy-tests");
            screen.pages().button("Delete the test ada deletes nothing").click();
            screen.pages().button("Delete").click();
            assertThat(screen.page().getByText("No regression tests")).isVisible();
        }
    }
}
