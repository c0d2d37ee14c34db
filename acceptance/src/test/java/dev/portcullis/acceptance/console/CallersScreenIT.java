package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.portcullis.acceptance.JavaClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// From the list to one caller, and a session that is taken back and made good again.
@InBrowser
class CallersScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void sessionIsTakenBackAndMadeGoodAgain(Look look, LivedInConsole console) {
        var name = "release-" + look;
        var traffic = new Traffic(console.gateway());
        try (var client = traffic.connect(traffic.makeKey(name), "releases-" + look);
                var screen = console.open(look)) {
            // Given
            client.toolNames();
            sessionOf("releases-" + look, console);
            screen.open("/callers?tab=sessions", "Callers");
            assertThat(screen.page().getByText("used within 30 minutes")).isVisible();
            screen.assertSound("callers-sessions");
            screen.open("/callers?text=" + name, "Callers");
            screen.page().locator(".tool-name:visible").first().click();
            assertThat(screen.page()).hasURL(Pattern.compile("caller="));
            var detail = screen.page().locator(".callers-detail");
            assertThat(detail).containsText("releases-" + look);
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

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void sessionOfAConnectedClientIsListedAndRevoked(Look look, LivedInConsole console) {
        var software = "nightly-" + look;
        try (var client = JavaClient.connect(console.gateway().proxy(), Traffic.OPEN_ROUTE, software, Map.of());
                var screen = console.open(look)) {
            // Given
            client.toolNames();
            var session = sessionOf(software, console);
            screen.open("/callers?tab=sessions", "Callers");
            var row = screen.page()
                    .getByRole(AriaRole.TABLE, new Page.GetByRoleOptions().setName("Active sessions"))
                    .getByRole(AriaRole.ROW)
                    .filter(new FilterOptions().setHasText(session.substring(0, 12)));
            assertThat(row).containsText("anonymous");
            assertThat(row).containsText(software + " 1.0");
            assertThat(row).containsText(Traffic.OPEN_ROUTE);
            assertThat(row).containsText("127.0.0.1");
            assertThat(row).containsText(Pattern.compile("(just now|\\d+ (s|min) ago)\\s*\\d+ requests?"));
            screen.assertSound("callers-sessions-in-use");

            // When
            row.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Revoke session " + session.substring(0, 12)))
                    .click();
            screen.pages().field("Reason").fill("nobody knows it, " + look);
            screen.pages().button("Revoke").click();

            // Then
            assertThat(screen.page().getByText("The session is revoked.")).isVisible();
            assertThat(row).isHidden();
            await("the client is refused").atMost(Duration.ofSeconds(20)).until(() -> {
                tryTo(client);
                return console.api().toolCalls("text=" + session).stream()
                        .anyMatch(call -> call.path("refusal").asString("").equals("session_revoked"));
            });
        }
    }

    /// The digest of the session of this software, once the console has counted it.
    private static String sessionOf(String software, LivedInConsole console) {
        return await("the session of " + software)
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> console.api()
                                .get("/sessions?active=true")
                                .required("items")
                                .valueStream()
                                .filter(session ->
                                        session.path("clientName").asString("").equals(software))
                                .map(session -> session.required("session").asString())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /// Asks for something, in whatever session the client has by now.
    private static void tryTo(JavaClient client) {
        try {
            client.toolNames();
        } catch (RuntimeException _) {
            // What the gateway said stands in its records.
        }
    }
}
