package dev.portcullis.acceptance.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.zip.ZipFile;

/// Choose a period, take its archive away, and find that in the list.
@InBrowser
class EvidenceScreenIT {

    @ParameterizedTest
    @EnumSource(names = {"DESK_LIGHT", "TELEPHONE_DARK"})
    void screenIsSound(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            screen.open("/evidence", "Evidence");
            assertThat(screen.page().getByText("signed checkpoints")).isVisible();

            screen.assertSound("evidence");
        }
    }

    @Test
    void archiveIsDownloadedAndListed(LivedInConsole console) throws IOException {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            // Given
            screen.open("/evidence", "Evidence");
            screen.page().getByRole(AriaRole.BUTTON, named("Last 7 days")).click();
            screen.page().waitForURL(url -> url.contains("from="));
            screen.settle();

            // When
            var download = screen.page()
                    .waitForDownload(() -> screen.page()
                            .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download the archive"))
                            .click());

            // Then
            Assertions.assertThat(download.suggestedFilename()).startsWith("portcullis-evidence-");
            try (var zip = new ZipFile(download.path().toFile())) {
                Assertions.assertThat(zip.stream().map(Object::toString))
                        .contains("README.txt", "trail.ndjson", "MANIFEST", "MANIFEST.sig");
            }
            screen.page().reload();
            assertThat(screen.page()
                            .getByText("complete", new Page.GetByTextOptions().setExact(true))
                            .first())
                    .isVisible();
        }
    }

    @Test
    void argumentsNeedAReason(LivedInConsole console) {
        try (var screen = console.open(Look.DESK_LIGHT)) {
            screen.open("/evidence", "Evidence");
            var link =
                    screen.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download the archive"));
            screen.page().getByLabel("With arguments and results").check();
            assertThat(link).isHidden();

            screen.page().getByLabel("Reason").fill("CASE-7");

            assertThat(link).isVisible();
        }
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
