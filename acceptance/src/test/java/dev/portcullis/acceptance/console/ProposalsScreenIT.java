package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Proposals: a program proposes, a person looks and decides.
@InBrowser
class ProposalsScreenIT {
    private static final String JSON = "application/json";

    private final LivedInConsole console;
    private String before = "";

    ProposalsScreenIT(LivedInConsole console) {
        this.console = console;
    }

    @BeforeEach
    void switchOn() {
        before = console.api().send("GET", "/policy", "application/json", "").body();
        approvalIs(true);
    }

    @AfterEach
    void putBack() {
        approvalIs(false);
        console.api().send("PUT", "/policy?comment=As+before", JSON, before);
    }

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void proposalIsShownWithWhatItChanges(Look look) {
        var number = propose("Somebody wants this.");
        try (var screen = console.open(look)) {
            screen.open("/policy/proposals?proposal=" + number, "Proposals");

            assertThat(screen.pages().button("Approve…")).isVisible();
            screen.assertSound("proposals");
        }
        decide(number, "reject", "{\"reason\": \"Only looked at.\"}");
    }

    @Test
    void proposalIsApprovedWithTheKeyboardAlone() {
        // Given
        var number = propose("With the keyboard.");
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/policy/proposals?proposal=" + number, "Proposals");

            // When
            screen.pages().button("Approve…").focus();
            screen.page().keyboard().press("Enter");
            var comment = screen.page().getByRole(AriaRole.DIALOG).getByLabel("Comment");
            assertThat(comment).isFocused();
            screen.page().keyboard().type("Looks good.");
            screen.page().keyboard().press("Control+Enter");

            // Then
            assertThat(text(screen.page(), "published")).isVisible();
            screen.assertQuiet();
        }
    }

    private static Locator text(Page page, String words) {
        return page.locator(".publication-review .chip").filter(new Locator.FilterOptions().setHasText(words));
    }

    private void approvalIs(boolean required) {
        console.api().send("PUT", "/settings/approval", JSON, "{\"required\": " + required + "}");
    }

    /// A rule more, which a program proposes.
    private long propose(String message) {
        var document = (ObjectNode) JsonMapper.shared().readTree(before);
        document.withArray("rules")
                .addObject()
                .put("id", "proposed")
                .put("deny", true)
                .put("message", message)
                .putObject("match")
                .putArray("tools")
                .add("delete_entity");
        var answer = console.api().send("PUT", "/policy?comment=One+rule+more", JSON, document.toString());
        return JsonMapper.shared().readTree(answer.body()).at("/proposal/id").asLong();
    }

    private void decide(long number, String decision, String body) {
        console.api().send("POST", "/policy/proposals/" + number + "/" + decision, JSON, body);
    }
}
