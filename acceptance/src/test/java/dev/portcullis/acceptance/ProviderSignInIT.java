package dev.portcullis.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import dev.portcullis.acceptance.provider.Accounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// People of a real identity provider at the console, in a real browser.
class ProviderSignInIT {
    private static final String LABEL = "Sign in with Acme";

    @TempDir
    private static Path folder;

    private static RunningProvider provider;
    private static Gateway gateway;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        provider = RunningProvider.start(folder);
        var configuration = Files.writeString(folder.resolve("portcullis.yaml"), """
                console:
                  signIn:
                    oidc:
                      issuer: %s
                      clientId: %s
                      clientSecret: %s
                      scopes: [openid, profile]
                      roles: {developers: [EDITOR]}
                      label: %s
                """.formatted(
                        provider.issuer(), Accounts.CONSOLE, Accounts.CONSOLES_SECRET, LABEL));
        gateway = Gateway.up("sign-in", folder.resolve("data"), "--config=" + configuration);
        provider.awaitReady();
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (provider != null) {
            provider.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void memberOfAGroupWorksOnThePolicyAndIsOnRecord() {
        try (var desk = chromium.browser().newContext()) {
            // When
            var page = signIn(desk, "alice");

            // Then
            assertThat(account(page)).isVisible();
            new ConsolePages(page, gateway.console()).open("/policy", "Policy");
            assertThat(page.getByRole(AriaRole.BUTTON, named("Publish…"))).isVisible();
            assertThat(gateway.api().get("/admin-events?event=signin.succeeded").toString())
                    .contains("sso:alice", provider.issuer());
        }
    }

    @Test
    void whoeverHasNoRoleIsToldSo() {
        try (var desk = chromium.browser().newContext()) {
            // When
            var page = signIn(desk, "carol");

            // Then
            assertThat(page.locator(".signin-refusal")).containsText("none of your groups may use this console");
        }
    }

    @Test
    void whoeverSignsOutHasToSignInAtTheProviderAgain() {
        try (var desk = chromium.browser().newContext()) {
            // Given
            var page = signIn(desk, "alice");

            // When
            signOut(page);

            // Then
            assertThat(page).hasURL(gateway.console().resolve("/sign-in").toString());
            page.getByRole(AriaRole.LINK, named(LABEL)).click();
            assertThat(page.locator("input[name=password]")).isVisible();
            assertThat(page.url()).startsWith(provider.issuer().replaceFirst("/acme$", ""));
        }
    }

    @Test
    void sessionEndsEvenWhenTheProviderIsAway() {
        try (var desk = chromium.browser().newContext()) {
            // Given
            var page = signIn(desk, "alice");
            assertThat(account(page)).isVisible();
            provider.stop();

            // When
            signOut(page);

            // Then
            page.waitForURL(Pattern.compile(Pattern.quote(provider.issuer()) + ".*|chrome-error:.*"), anyhow());
            var again = desk.newPage();
            again.navigate(gateway.console().resolve("/tool-calls").toString());
            assertThat(again).hasURL(gateway.console().resolve("/sign-in").toString());
        } finally {
            provider.restart();
        }
    }

    private static void signOut(Page page) {
        account(page).click();
        page.getByRole(AriaRole.MENUITEM, named("Sign out")).click();
    }

    private static Locator account(Page page) {
        return page.getByRole(AriaRole.MENUITEM, named("Account of sso:alice"));
    }

    /// A page that nobody serves is never complete.
    private static Page.WaitForURLOptions anyhow() {
        return new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.COMMIT);
    }

    private static Page signIn(BrowserContext desk, String person) {
        var page = desk.newPage();
        page.navigate(gateway.console().resolve("/").toString());
        page.getByRole(AriaRole.LINK, named(LABEL)).click();
        page.locator("input[name=username]").fill(person);
        page.locator("input[name=password]").fill(Accounts.passwordOf(person));
        page.locator("button[type=submit]").click();
        return page;
    }

    private static Page.GetByRoleOptions named(String text) {
        return new Page.GetByRoleOptions().setName(text).setExact(true);
    }
}
