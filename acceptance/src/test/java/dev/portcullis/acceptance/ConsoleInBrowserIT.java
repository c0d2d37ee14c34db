package dev.portcullis.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// An administrator's first day at the console, in a real browser, told in order.
///
/// Screenshots go to `target/screenshots`; with `-Dportcullis.pictures=true` the README's picture is
/// made anew.
@TestMethodOrder(OrderAnnotation.class)
class ConsoleInBrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path README_PICTURE = Path.of("../docs/images/console.png");
    private static final String PASSWORD = "correct horse battery staple";
    private static final String REPOSITORY = "https://git.example.com/acme/portcullis-policy";
    private static final String NO_DEPLOYMENTS = """
            apiVersion: portcullis/v1
            organization: acme

            routes:
              port-eu:
                upstream: sandbox
                profile: port
                authentication: open

            rules:
              - id: issues-only
                description: Agents may create issues, and run nothing else
                allowedActions: [create_github_issue]
                message: Deployments are made by people. Ask platform@acme.example.

              - id: nothing-is-deleted
                deniedTools: ["delete_*"]
                message: Nothing is deleted through MCP.
            """;

    @TempDir
    private static Path data;

    private static Gateway gateway;
    private static Chromium chromium;
    private static BrowserContext desk;
    private static Page page;
    private static ConsolePages console;
    private static final List<String> COMPLAINTS = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        gateway = Gateway.up("browser", data);
        desk = chromium.browser().newContext(atADesk());
        page = watched(desk.newPage());
        console = new ConsolePages(page, gateway.console());
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    void firstPasswordOpensTheConsoleAndMustBeChanged() {
        var first = gateway.firstPassword().orElseThrow();

        console.signIn("admin", first);

        assertThat(console.heading("Change password")).isVisible();
        screenshot("change-password");
        console.changePassword(first, PASSWORD);
        assertThat(console.heading("Overview")).isVisible();
    }

    @Test
    @Order(2)
    void invalidDocumentIsMarkedAndCannotBePublished() {
        console.open("/policy", "Policy");
        var publish = console.button("Publish…");

        console.write(NO_DEPLOYMENTS.replace("allowedActions", "allowedAction"));

        assertThat(page.locator(".problem").first()).containsText("allowedAction");
        assertThat(publish).isDisabled();
        screenshot("policy-with-an-error");
    }

    @Test
    @Order(3)
    void documentIsPublishedWithAComment() {
        console.write(NO_DEPLOYMENTS);
        console.button("Publish…").click();
        console.field("Comment").fill("Agents may create issues");
        screenshot("publish");
        console.button("Publish").click();

        assertThat(page.getByText("Version 2 is in force").first()).isVisible();
        page.navigate(gateway.console().resolve("/policy?tab=history").toString());
        assertThat(page.getByText("Agents may create issues").first()).isVisible();
        screenshot("policy-history");
    }

    @Test
    @Order(4)
    void refusedCallIsInTheListAndExplained() {
        makeCalls();

        console.open("/tool-calls", "Tool calls");
        var refused = page.getByText("delete_entity").first();
        assertThat(refused).isVisible();
        refused.click();

        var detail = page.locator(".call-detail");
        assertThat(detail.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("nothing-is-deleted")))
                .isVisible();
        // What callers have sent is seen by auditors, who say why.
        console.button("Reveal…").click();
        console.field("Reason").fill("TICKET-7");
        console.button("Reveal").click();
        assertThat(detail.locator("pre").first()).containsText("checkout");
        screenshot("tool-call");
        picture();
    }

    @Test
    @Order(5)
    void killSwitchIsEngagedSeenEverywhereAndReleased() {
        console.open("/kill-switch", "Kill switch");
        console.field("Reason").fill("A key has leaked");
        console.button("Stop all MCP traffic").click();
        console.button("Stop everything now").click();

        assertThat(console.heading("All MCP traffic is stopped")).isVisible();
        assertThat(page.getByText("obeys").first()).isVisible();
        screenshot("kill-switch-engaged");
        var cutOff = catchThrowable(() -> JavaClient.connect(gateway.proxy(), "port-eu"));
        assertThat(JavaClient.httpStatusOf(cutOff)).isEqualTo(403);
        console.open("/tool-calls", "Tool calls");
        assertThat(page.locator(".kill-banner")).containsText("A key has leaked");

        console.open("/kill-switch", "Kill switch");
        console.button("Release…").click();
        assertThat(console.button("Release")).isDisabled();
        console.field("Why it may end").fill("The key is replaced");
        console.field("Type “release” to confirm").fill("release");
        console.button("Release").click();

        assertThat(page.getByText("Not engaged.").first()).isVisible();
        Awaitility.await().atMost(Duration.ofSeconds(2)).ignoreExceptions().untilAsserted(() -> {
            try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
                assertThat(client.toolNames()).contains("list_entities");
            }
        });
    }

    @Test
    @Order(6)
    void signedOutBrowserSeesNothing() {
        try (var context = chromium.browser().newContext(atADesk())) {
            var stranger = new ConsolePages(watched(context.newPage()), gateway.console());

            stranger.signIn("admin", PASSWORD);
            assertThat(stranger.heading("Overview")).isVisible();
            stranger.signOut();
            stranger.signIn("admin", "not the password");

            assertThat(stranger.page().getByText("Wrong username or password")).isVisible();
            save(stranger.page(), "sign-in");
        }
        assertThatAllIsOnRecord();
    }

    /// Whatever was done in the browser since the first sign-in.
    private static void assertThatAllIsOnRecord() {
        var events = gateway.api().get("/admin-events?actor=admin&limit=500").required("items");
        org.assertj.core.api.Assertions.assertThat(events.valueStream()
                        .map(event -> event.required("event").asString()))
                .contains(
                        "signin.succeeded",
                        "password.changed",
                        "policy.published",
                        "audit.revealed",
                        "kill.engaged",
                        "kill.released",
                        "signin.ended",
                        "signin.failed");
    }

    /// The same installation, started again and told who owns its policy.
    @Test
    @Order(7)
    void policyThatARepositoryOwnsIsShownAndNotWritten(@TempDir Path folder) throws IOException {
        desk.close();
        gateway.close();
        var configuration = Files.writeString(folder.resolve("portcullis.yaml"), """
                console: {policy: {owner: git, repository: "%s"}}
                """.formatted(REPOSITORY));
        gateway = Gateway.up("browser-owned", data, "--config=" + configuration);
        try (var context = chromium.browser().newContext(atADesk())) {
            var screen = watched(context.newPage());
            var pages = new ConsolePages(screen, gateway.console());
            pages.signIn("admin", PASSWORD);
            assertThat(pages.heading("Overview")).isVisible();

            pages.open("/policy", "Policy");

            assertThat(screen.getByRole(AriaRole.NOTE))
                    .containsText("Read-only: this document lives in " + REPOSITORY + ".");
            assertThat(screen.locator("policy-editor").first()).containsText("issues-only");
            for (var name : List.of("Save draft", "Discard", "Publish…")) {
                assertThat(pages.button(name)).hasCount(0);
            }
            pages.write("rules: []");
            assertThat(screen.locator("policy-editor").first()).containsText("issues-only");
            save(screen, "policy-owned");
        }
    }

    @Test
    @Order(8)
    void browserNeverComplainedAndCalledNobodyElse() {
        assertThat(COMPLAINTS).isEmpty();
    }

    private static void makeCalls() {
        try (var client = JavaClient.connect(gateway.proxy(), "port-eu")) {
            client.toolNames();
            client.call("list_entities", Map.of("blueprintIdentifier", "service"));
            client.call("list_scorecards", Map.of());
            client.call(
                    "run_action",
                    Map.of(
                            "actionIdentifier",
                            "create_github_issue",
                            "properties",
                            Map.of("title", "Checkout is slow")));
            client.call("run_action", Map.of("actionIdentifier", "deploy_service", "entityIdentifier", "checkout"));
            client.call("delete_entity", Map.of("blueprintIdentifier", "service", "entityIdentifier", "checkout"));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !gateway.api().toolCalls("tool=delete_entity").isEmpty());
    }

    private static NewContextOptions atADesk() {
        return new NewContextOptions().setViewportSize(1280, 800).setColorScheme(ColorScheme.LIGHT);
    }

    /// Notes every error on the browser's console and every request to another host.
    private static Page watched(Page page) {
        page.onPageError(COMPLAINTS::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(gateway.console().toString())
                    && request.url().startsWith("http")) {
                COMPLAINTS.add("asked for " + request.url());
            }
        });
        return page;
    }

    private static void screenshot(String name) {
        save(page, name);
    }

    private static void save(Page page, String name) {
        page.screenshot(still(SCREENSHOTS.resolve(name + ".png")));
    }

    private static void picture() {
        if (Boolean.getBoolean("portcullis.pictures")) {
            page.screenshot(still(README_PICTURE));
        }
    }

    /// Moving parts are shown where they come to rest.
    private static ScreenshotOptions still(Path file) {
        return new ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED);
    }
}
