package dev.portcullis.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// Every screen, in every look: it fits, anybody can use it, and the browser has nothing to complain of.
@InBrowser
class ScreensIT {
    /// @param picture how its pictures are called
    private record Place(String path, String heading, String picture) {
        @Override
        public String toString() {
            return picture;
        }
    }

    private static final List<Place> SCREENS = List.of(
            new Place("/", "Overview", "overview"),
            new Place("/tool-calls", "Tool calls", "tool-calls"),
            new Place("/policy", "Policy", "policy"),
            new Place("/policy?tab=history", "Policy", "policy-history"),
            new Place("/policy/proposals", "Proposals", "policy-proposals"),
            new Place("/kill-switch", "Kill switch", "kill-switch"),
            new Place("/tools", "Tools", "tools"),
            new Place("/callers", "Callers", "callers"),
            new Place("/connect", "Connect", "connect"),
            new Place("/routes", "Routes", "routes"),
            new Place("/api-keys", "API keys", "api-keys"),
            new Place("/replicas", "Replicas", "replicas"),
            new Place("/evidence", "Evidence", "evidence"),
            new Place("/settings", "Settings", "settings"));

    static Stream<Arguments> screensInBothWidths() {
        return SCREENS.stream()
                .flatMap(place ->
                        Stream.of(Look.DESK_LIGHT, Look.TELEPHONE_DARK).map(look -> Arguments.of(place, look)));
    }

    /// In the other scheme, too, but in the same page: loading it takes longer than to look at it.
    @ParameterizedTest(name = "{0} at {1} and by the other light")
    @MethodSource("screensInBothWidths")
    void screenIsSound(Place place, Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            screen.open(place.path(), place.heading());

            screen.assertSound(place.picture());
            screen.inTheOtherScheme().assertSound(place.picture());
        }
    }

    @ParameterizedTest
    @EnumSource
    void consoleFollowsTheSystemsColours(Look look, LivedInConsole console) {
        try (var screen = console.open(look)) {
            screen.open("/replicas", "Replicas");

            assertThat(screen.page().evaluate("document.documentElement.getAttribute('theme')"))
                    .isEqualTo(look.theme());
        }
    }

    @ParameterizedTest
    @EnumSource
    void strangerIsAskedToSignIn(Look look, LivedInConsole console) {
        try (var screen = console.openAsStranger(look)) {
            screen.page().navigate(console.gateway().console().toString());
            com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(
                            screen.pages().button("Sign in"))
                    .isVisible();

            screen.assertSound("sign-in");
        }
    }
}
