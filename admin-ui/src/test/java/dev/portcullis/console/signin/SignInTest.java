package dev.portcullis.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.events.RepeatedEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class SignInTest {
    private final RunningConsole console = RunningConsole.shared();

    @Test
    void rightPasswordOpensASession() {
        // When
        var response = signIn("admin", console.firstPassword());

        // Then
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(location(response)).doesNotContain("sign-in");
        assertThat(response.headers().firstValue("set-cookie").orElse(""))
                .startsWith("portcullis-console-")
                .contains("HttpOnly", "SameSite=Lax");
        assertThat(console.events("signin.succeeded")).contains("admin signin.succeeded");
    }

    /// What goes wrong inside is told by the container's own error page, which is nobody's secret.
    @Test
    void whatIsNotThereIsNotCalledForbidden() {
        // Given
        var somebody = new Visitor(console);
        somebody.signIn("admin", console.firstPassword());

        // When
        var response = somebody.get(console.uri("/VAADIN/build/none.js"));

        // Then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new Visitor(console)
                        .get(console.uri("/VAADIN/build/none.js"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void wrongPasswordIsRefusedAndRecorded() {
        var response = signIn("admin", "wrong");

        assertThat(location(response)).endsWith("/sign-in?error");
        assertThat(console.events("signin.failed")).contains("admin signin.failed");
    }

    @Test
    void nameThatNobodyHasIsNotRecorded() {
        var response = signIn("my-passw0rd-in-the-wrong-field", "");

        assertThat(location(response)).endsWith("/sign-in?error");
        assertThat(console.events("signin.failed"))
                .contains("unknown signin.failed")
                .noneMatch(event -> event.contains("passw0rd"));
    }

    @Test
    void guessingIsSlowedDown() {
        // Given
        for (var i = 0; i < SignInThrottle.FREE_FAILURES; i++) {
            assertThat(location(signIn("guessed", "guess" + i))).endsWith("?error");
        }

        // When
        var response = signIn("Guessed ", "another guess");

        // Then
        assertThat(location(response)).endsWith("/sign-in?locked");
        assertThat(console.events("signin.locked")).contains("unknown signin.locked");
    }

    @Test
    void guessesAtTheSameMomentAreSlowedDownToo() throws Exception {
        // Given
        var guesses = new ArrayList<Future<String>>();
        try (var guessers = Executors.newFixedThreadPool(20)) {
            // When
            for (var i = 0; i < 20; i++) {
                var guess = "guess" + i;
                guesses.add(guessers.submit(() -> location(signIn("hurried", guess))));
            }
        }

        // Then
        var looked = 0;
        for (var guess : guesses) {
            looked += guess.get().endsWith("?error") ? 1 : 0;
        }
        assertThat(looked).isLessThanOrEqualTo(SignInThrottle.FREE_FAILURES);
    }

    /// Whoever waits is refused without the slow hash, as often as they like.
    @Test
    void refusalsDoNotFillTheRecord() {
        // Given
        for (var i = 0; i < SignInThrottle.FREE_FAILURES; i++) {
            var _ = signIn("flooded", "guess" + i);
        }
        var before = console.events("signin.locked").size();

        // When
        for (var i = 0; i < 50; i++) {
            assertThat(location(signIn("flooded", "guess"))).endsWith("?locked");
        }

        // Then
        assertThat(console.events("signin.locked")).hasSizeLessThanOrEqualTo(before + 1);
        console.parts().getBean(RepeatedEvents.class).recordCounted();
        assertThat(console.events("signin.locked")).hasSizeLessThanOrEqualTo(before + 2);
    }

    /// Or somebody else's page could sign visitors in as somebody else, and read what they then do.
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void pageOfSomebodyElseSignsNobodyIn(String from) {
        var response = console.send(HttpRequest.newBuilder(console.uri("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", from)
                .POST(BodyPublishers.ofString("username=admin&password=" + encoded(console.firstPassword()))));

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void sessionCookieDoesNotOpenTheApi() {
        var cookie = signIn("admin", console.firstPassword())
                .headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .split(";", 2)[0];

        var response = console.send(
                HttpRequest.newBuilder(console.uri("/api/v1/policy")).header("Cookie", cookie));

        assertThat(response.statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> signIn(String username, String password) {
        return console.send(HttpRequest.newBuilder(console.uri("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + encoded(username) + "&password=" + encoded(password))));
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("location").orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
