package dev.portcullis.acceptance.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.portcullis.acceptance.ConsolePages;
import org.assertj.core.api.Assertions;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// One page of the console as somebody sees it.
///
/// @param pages what a person does on it
/// @param complaints errors on the browser's console, and requests to anybody else
record Screen(ConsolePages pages, Look look, List<String> complaints) implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final Path PICTURES = Path.of("../docs/console");

    /// Nothing is asked of the server, and nothing moves that would come to rest.
    private static final String CALM = """
            () => Object.values(window.Vaadin?.Flow?.clients ?? {}).every(client => !client.isActive?.())
              && document.getAnimations().every(moving => moving.playState !== 'running'
                  || moving.effect?.getComputedTiming().iterations === Infinity)""";

    private static final String HAS_THEME = """
            theme => document.documentElement.getAttribute('theme') === theme""";

    private static final String SCROLLS_SIDEWAYS = """
            () => document.scrollingElement.scrollWidth > window.innerWidth""";

    /// Watches a page that was opened.
    static Screen in(Page page, URI console, Look look) {
        var complaints = new CopyOnWriteArrayList<String>();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onRequest(request -> {
            if (request.url().startsWith("http") && !request.url().startsWith(console.toString())) {
                complaints.add("asked for " + request.url());
            }
        });
        return new Screen(new ConsolePages(page, console), look, complaints);
    }

    Page page() {
        return pages.page();
    }

    /// Opens a screen by its address, such as `/tool-calls?outcome=denied`, and waits until it is complete.
    Screen open(String path, String heading) {
        pages.open(path, heading);
        return settle();
    }

    /// The same page after the system has changed from light to dark, or back.
    Screen inTheOtherScheme() {
        var other = look.inTheOtherScheme();
        page().emulateMedia(new EmulateMediaOptions().setColorScheme(other.scheme()));
        page().waitForFunction(HAS_THEME, other.theme());
        return new Screen(pages, other, complaints);
    }

    /// Waits until nothing moves.
    Screen settle() {
        page().waitForFunction(CALM);
        return this;
    }

    /// All that must be true of every screen in every state; and a picture of it.
    ///
    /// @param name of the picture: `docs/console/<name>-1280-light.png`
    void assertSound(String name) {
        settle();
        photograph(name);
        Accessibility.assertThatAnybodyCanUse(page(), name + " at " + look);
        Assertions.assertThat(page().evaluate(SCROLLS_SIDEWAYS))
                .as("%s scrolls sideways at %s", name, look)
                .isEqualTo(false);
        assertQuiet();
    }

    /// The browser has not complained, and has called nobody else.
    void assertQuiet() {
        Assertions.assertThat(complaints).as("what the browser complained of").isEmpty();
    }

    /// To `target/screenshots`; with `-Dportcullis.pictures=true` also in place of the picture of the documentation,
    /// where
    /// that has one.
    void photograph(String name) {
        var file = name + "-" + look + ".png";
        page().screenshot(still(SCREENSHOTS.resolve(file)));
        var kept = PICTURES.resolve(file);
        if (Boolean.getBoolean("portcullis.pictures") && Files.exists(kept)) {
            page().screenshot(still(kept));
        }
    }

    @Override
    public void close() {
        page().close();
    }

    /// Moving parts are shown where they come to rest.
    private static ScreenshotOptions still(Path file) {
        return new ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED);
    }
}
