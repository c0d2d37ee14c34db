package dev.portcullis.proxy.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/// Who is signed out everywhere has to sign in again: what was issued before is good no more within a second.
@Timeout(60)
class RevokedGrantsTest {
    private static GuardedRoutes routes;

    @BeforeAll
    static void start() throws Exception {
        routes = new GuardedRoutes();
    }

    @AfterAll
    static void stop() throws Exception {
        routes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"guarded", "passing"})
    void whatWasIssuedBeforeIsRefusedAndWhatComesAfterIsGood(String route) throws Exception {
        // Given
        var old = token(route, "ada-" + route, claims -> claims.issueTime(at(-60)));
        var older = token(route, "ada-" + route, claims -> claims.issueTime(at(-600)));
        assertThat(call(route, old).status()).isEqualTo(200);

        // When
        revoke("corp:ada-" + route);

        // Then
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(1))
                .until(() -> call(route, old).status() == 401);
        var refused = call(route, old);
        routes.assertRefused(refused, 401, "grant_revoked");
        assertThat(refused.header("www-authenticate").orElse("")).contains("error=\"invalid_token\"");
        routes.assertRefused(call(route, older), 401, "grant_revoked");
        assertThat(call(route, token(route, "ada-" + route, claims -> claims.issueTime(at(5))))
                        .status())
                .isEqualTo(200);
        assertThat(call(route, token(route, "grace", claims -> claims.issueTime(at(-60))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokenThatDoesNotSayWhenItWasIssuedIsRefused() throws Exception {
        // Given
        var undated = token("guarded", "undated", claims -> claims.issueTime(null));
        assertThat(call("guarded", undated).status()).isEqualTo(200);

        // When
        revoke("corp:undated");

        // Then
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(1))
                .until(() -> call("guarded", undated).status() == 401);
    }

    @Test
    void openStreamEndsWithinASecond() throws Exception {
        // Given
        var token = token("guarded", "streamer", claims -> claims.issueTime(at(-60)));
        routes.upstream.answersWith(Calls.STREAM);
        try (var socket = routes.proxy.connect()) {
            socket.getOutputStream()
                    .write(Calls.get("guarded", Calls.bearer(token)).getBytes(StandardCharsets.US_ASCII));
            var in = socket.getInputStream();
            var seen = new StringBuilder();
            while (seen.indexOf("id: hello") < 0) {
                var next = in.read();
                assertThat(next).as(seen.toString()).isNotNegative();
                seen.append((char) next);
            }

            // When
            var begin = System.nanoTime();
            revoke("corp:streamer");
            while (in.read() >= 0) {
                // until the gateway hangs up
            }

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        }
    }

    private static String token(String route, String subject, Consumer<JWTClaimsSet.Builder> changes) {
        return routes.token(GuardedRoutes.audience(route), claims -> {
            claims.subject(subject);
            changes.accept(claims);
        });
    }

    private static RawMessage call(String route, String token) {
        return routes.call(route, Calls.bearer(token));
    }

    private static Date at(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static void revoke(String caller) {
        routes.proxy
                .sql()
                .execute(
                        "insert into gateway.revocations (id, kind, subject, reason, revoked_by, ends_at)"
                                + " values (gen_random_uuid(), 'grant', ?, 'left', 'test', now() + interval '1 day')",
                        caller);
    }
}
