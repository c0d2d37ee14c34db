package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The tabs of the settings: what they show, and what can be done on them.
@InBrowser
class SettingsScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void tabsAreSound(Look look, LivedInConsole console) {
        for (var tab : new String[] {"retention", "redaction", "sinks", "tokens", "people", "approval", "events"}) {
            try (var screen = console.open(look)) {
                screen.open("/settings?tab=" + tab, "Settings");

                screen.assertSound("settings-" + tab);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "retention, Legal holds",
        "redaction, Always hidden",
        "tokens, Admin tokens",
        "approval, Approval by a second person"
    })
    void tabHasAnAddress(String tab, String heading, LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/settings?tab=" + tab, "Settings");

            assertThat(screen.page().getByRole(AriaRole.HEADING, named(heading).setExact(true)))
                    .isVisible();
        }
    }

    @Test
    void approvalIsSwitchedOnAndOff(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/settings?tab=approval", "Settings");
            var page = screen.page();
            assertThat(page.getByText("Off. Whoever has the role EDITOR")).isVisible();

            // When
            page.getByRole(AriaRole.BUTTON, named("Switch on…")).click();
            page.getByRole(AriaRole.BUTTON, named("Switch on").setExact(true)).click();
            assertThat(page.getByText("On. What is published waits")).isVisible();
            page.getByRole(AriaRole.BUTTON, named("Switch off…")).click();
            page.getByRole(AriaRole.BUTTON, named("Switch off").setExact(true)).click();

            // Then
            assertThat(page.getByText("Off. Whoever has the role EDITOR")).isVisible();
        }
    }

    @Test
    void holdIsPlacedAndReleasedWithReasons(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/settings?tab=retention", "Settings");
            var page = screen.page();

            // When
            page.getByRole(AriaRole.BUTTON, named("Place a hold…")).click();
            page.getByLabel("Reason").fill("Doe v. Roe");
            page.getByRole(AriaRole.BUTTON, named("Place hold")).click();
            var release = page.getByRole(AriaRole.BUTTON, named("Release the hold “Doe v. Roe”"));
            assertThat(release).isVisible();
            release.click();
            page.getByLabel("Why it may end").fill("settled");
            page.getByRole(AriaRole.BUTTON, named("Release").setExact(true)).click();

            // Then
            assertThat(release).isHidden();
            assertThat(page.getByText(": settled")).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void retentionIsChangedByWhoKnowsWhatGoes(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            // Given
            screen.open("/settings?tab=retention", "Settings");
            var page = screen.page();
            page.getByRole(AriaRole.BUTTON, named("Change retention…")).click();

            // When
            page.locator("vaadin-select", withText("Records of everybody")).click();
            page.getByRole(AriaRole.OPTION, named("For some days")).click();
            page.getByLabel("Days for everybody").fill("20000");
            page.getByLabel("Organization").fill("acme");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.BUTTON, named("Remove the term of acme")))
                    .isVisible();
            screen.assertSound("settings-retention-terms");
            page.getByRole(AriaRole.BUTTON, named("Continue")).click();

            // Then
            assertThat(page.getByText("Nothing is old enough to be dropped")).isVisible();
            screen.assertSound("settings-retention-review");

            // When
            page.getByLabel("Reason").fill("ticket 7");
            page.getByRole(AriaRole.BUTTON, named("Change retention").setExact(true))
                    .click();

            // Then
            assertThat(page.getByText("acme forever")).isVisible();
            assertThat(page.getByText(": ticket 7")).isVisible();
        } finally {
            console.api()
                    .send(
                            "PUT",
                            "/audit/retention",
                            "application/json",
                            "{\"retention\": \"forever\", \"organizations\": {}, \"reason\": \"the test is over\"}");
        }
    }

    @Test
    void tokenIsShownOnceAndRevoked(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/settings?tab=tokens", "Settings");
            var page = screen.page();

            // When
            page.getByRole(AriaRole.BUTTON, named("New token…")).click();
            page.getByLabel("Name").fill("from-a-screen");
            page.getByRole(AriaRole.CHECKBOX, named("VIEWER")).check();
            page.getByRole(AriaRole.BUTTON, named("Make token")).click();

            // Then
            assertThat(page.getByLabel("The token", new Page.GetByLabelOptions().setExact(true)))
                    .isVisible();
            page.getByRole(AriaRole.BUTTON, named("Done")).click();
            var revoke = page.getByRole(AriaRole.BUTTON, named("Revoke the token from-a-screen"));
            revoke.click();
            page.getByRole(AriaRole.BUTTON, named("Revoke").setExact(true)).click();
            assertThat(revoke).isHidden();
        }
    }

    @Test
    void adminEventOpensAndFilterIsInTheAddress(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/settings?tab=events&event=signin.succeeded", "Settings");

            screen.page()
                    .locator(".events-entry vaadin-details-summary")
                    .first()
                    .click();

            assertThat(screen.page().getByText("event id").first()).isVisible();
            screen.assertSound("settings-event");
        }
    }

    private static Page.LocatorOptions withText(String text) {
        return new Page.LocatorOptions().setHasText(text);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
