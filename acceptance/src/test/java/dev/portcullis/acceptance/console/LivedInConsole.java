package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import dev.portcullis.acceptance.AdminApi;
import dev.portcullis.acceptance.Chromium;
import dev.portcullis.acceptance.ConsolePages;
import dev.portcullis.acceptance.Gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A gateway that some people have used, its console, and a browser whose person is signed in.
///
/// All tests of screens share it. A test that changes something for everybody (a kill, the policy) puts
/// it back before it ends, and no test counts on being the first.
final class LivedInConsole implements AutoCloseable {
    static final String USER = "admin";
    static final String PASSWORD = "correct horse battery staple";

    /// Two processors may have a browser, a gateway and a build to do at once.

    private final Path data;
    private final Gateway gateway;
    private final Chromium chromium;
    private final Map<Look, BrowserContext> signedIn = new EnumMap<>(Look.class);
    private String storageState = "";

    private LivedInConsole(Path data, Gateway gateway, Chromium chromium) {
        this.data = data;
        this.gateway = gateway;
        this.chromium = chromium;
    }

    /// Starts everything, changes the first password, and makes some traffic.
    static LivedInConsole start() {
        var chromium = Chromium.start();
        var console = over(chromium);
        try {
            console.signIn();
            new Traffic(console.gateway).happen();
            return console;
        } catch (RuntimeException | Error e) {
            console.close();
            throw e;
        }
    }

    private static LivedInConsole over(Chromium chromium) {
        var data = temporaryFolder();
        try {
            return new LivedInConsole(data, Gateway.up("screens", data), chromium);
        } catch (RuntimeException | Error e) {
            chromium.close();
            delete(data);
            throw e;
        }
    }

    Gateway gateway() {
        return gateway;
    }

    AdminApi api() {
        return gateway.api();
    }

    /// A new page of the person who is signed in.
    Screen open(Look look) {
        var context = signedIn.computeIfAbsent(
                look, wanted -> chromium.browser().newContext(wanted.options().setStorageState(storageState)));
        return Screen.in(context.newPage(), gateway.console(), look);
    }

    /// A new page in a browser that nobody has signed in with; closing the page closes the browser.
    Screen openAsStranger(Look look) {
        var context = chromium.browser().newContext(look.options());
        var page = context.newPage();
        page.onClose(_ -> context.close());
        return Screen.in(page, gateway.console(), look);
    }

    /// For tests that engage one, whatever came of them.
    void releaseEveryKill() {
        api().get("/kills")
                .required("items")
                .forEach(kill -> api().release(kill.required("id").asString() + "?reason=the+test+is+over"));
    }

    @Override
    public void close() {
        chromium.close();
        gateway.close();
        delete(data);
    }

    private void signIn() {
        // It is printed after the line that says that the gateway is ready.
        var first = await().until(gateway::firstPassword, Optional::isPresent).orElseThrow();
        try (var context = chromium.browser().newContext(Look.DESK_LIGHT.options())) {
            var pages = new ConsolePages(context.newPage(), gateway.console());
            pages.signIn(USER, first);
            assertThat(pages.heading("Change password")).isVisible();
            pages.changePassword(first, PASSWORD);
            assertThat(pages.heading("Change password")).isHidden();
            storageState = context.storageState();
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("screens");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
