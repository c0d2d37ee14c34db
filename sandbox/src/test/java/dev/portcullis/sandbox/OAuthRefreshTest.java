package dev.portcullis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sandbox.oauth.SandboxOAuth;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// How long a sign-in lasts, and how its tokens follow each other.
class OAuthRefreshTest {

    private static final MovingClock clock = new MovingClock();
    private static final AtomicInteger organizations = new AtomicInteger();
    private static final SandboxServer server =
            SandboxServer.start(SandboxClient.loopback(0), clock, SandboxOAuth.STANDARD);

    private OAuthVisitor visitor;

    @AfterAll
    static void stop() {
        server.close();
    }

    /// One server for all; what it remembers is of one organization, and each test has its own.
    @BeforeEach
    void arrive() {
        visitor = new OAuthVisitor(server, "/org-" + organizations.incrementAndGet());
    }

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void refreshTokenIsReplaced() {
        // Given
        var client = visitor.registered();
        var first = visitor.signedIn(client);

        // When
        var second = OAuthVisitor.tokens(visitor.refresh(client, first.refresh()));

        // Then
        assertThat(second.refresh()).isNotEqualTo(first.refresh());
        assertThat(visitor.initialize(second.access()).statusCode()).isEqualTo(200);
        assertThat(visitor.initialize(first.access()).statusCode()).isEqualTo(200);
    }

    @Test
    void racingWindowsGetTheSameSuccessor() {
        // Given
        var client = visitor.registered();
        var first = visitor.signedIn(client).refresh();
        var successor = OAuthVisitor.tokens(visitor.refresh(client, first)).refresh();

        // When
        var late = OAuthVisitor.tokens(visitor.refresh(client, first));

        // Then
        assertThat(late.refresh()).isEqualTo(successor);
    }

    @Test
    void refreshTokenOfLongAgoEndsTheSignIn() {
        // Given
        var client = visitor.registered();
        var first = visitor.signedIn(client).refresh();
        var second = OAuthVisitor.tokens(visitor.refresh(client, first));

        // When
        clock.advance(Duration.ofSeconds(31));
        var refused = visitor.refresh(client, first);

        // Then
        assertThat(OAuthVisitor.error(refused)).isEqualTo("invalid_grant");
        assertThat(OAuthVisitor.error(visitor.refresh(client, second.refresh())))
                .isEqualTo("invalid_grant");
        assertThat(visitor.initialize(second.access()).statusCode()).isEqualTo(401);
    }

    @Test
    void refreshTokenIsForItsClient() {
        // Given
        var client = visitor.registered();
        var token = visitor.signedIn(client).refresh();

        // When
        var refused = visitor.refresh(visitor.registered(), token);

        // Then
        assertThat(OAuthVisitor.error(refused)).isEqualTo("invalid_grant");
        assertThat(visitor.refresh(client, token).statusCode()).isEqualTo(200);
    }

    @Test
    void signInEndsWhenIdle() {
        // Given
        var client = visitor.registered();
        var token = visitor.signedIn(client).refresh();

        // When
        clock.advance(Duration.ofDays(15));

        // Then
        assertThat(OAuthVisitor.error(visitor.refresh(client, token))).isEqualTo("invalid_grant");
    }

    @Test
    void signInEndsAfterThirtyDays() {
        // Given
        var client = visitor.registered();
        var token = visitor.signedIn(client).refresh();
        for (var day = 10; day < 30; day += 10) {
            clock.advance(Duration.ofDays(10));
            token = OAuthVisitor.tokens(visitor.refresh(client, token)).refresh();
        }

        // When
        clock.advance(Duration.ofDays(10));

        // Then
        assertThat(OAuthVisitor.error(visitor.refresh(client, token))).isEqualTo("invalid_grant");
    }
}
