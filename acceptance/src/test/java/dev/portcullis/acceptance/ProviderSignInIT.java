package dev.portcullis.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.portcullis.acceptance.provider.Accounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
            assertThat(page.getByRole(AriaRole.MENUITEM, named("Account of sso:alice")))
                    .isVisible();
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
