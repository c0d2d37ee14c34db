package dev.portcullis.proxy.upstream.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;

import dev.portcullis.configuration.Secret;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.upstream.credential.CredentialException.Kind;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// When a token is asked for, and when it is not.
class TokenSourceTest {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(1);

    private final TestClock clock = new TestClock();
    private final List<String> outcomes = new ArrayList<>();
    private int asked;

    @Test
    void oneReplicaLeavesMostOfPortsLimitToOthers() {
        // Given tokens that are over at once
        var source = source(() -> token(SHORT_LIFE));

        // When
        for (int i = 0; i < TokenSource.REQUESTS; i++) {
            assertThat(source.current())
                    .isCompletedWithValueMatching(secret -> !secret.reveal().isEmpty());
            clock.advance(SHORT_LIFE);
        }

        // Then
        assertFails(source, Kind.UNAVAILABLE);
        assertThat(asked).isEqualTo(TokenSource.REQUESTS).isLessThanOrEqualTo(50 / 3);

        // And again after a while, once
        clock.advance(TokenSource.WINDOW.dividedBy(TokenSource.REQUESTS));
        assertThat(source.current()).isCompleted();
        clock.advance(SHORT_LIFE);
        assertFails(source, Kind.UNAVAILABLE);

        // And all of it after the whole time
        clock.advance(TokenSource.WINDOW);
        assertThat(source.current()).isCompleted();
        assertThat(asked).isEqualTo(TokenSource.REQUESTS + 2);
    }

    @Test
    void failuresCountToo() {
        // Given
        var source = source(() -> {
            throw new CredentialException(Kind.UNAVAILABLE, "away");
        });

        // When it is asked as often as pauses allow, which are a minute at most
        for (int i = 0; i < 100; i++) {
            assertFails(source, Kind.UNAVAILABLE);
            clock.advance(Duration.ofSeconds(2));
        }

        // Then
        assertThat(asked).isBetween(4, TokenSource.REQUESTS);
        assertThat(outcomes).hasSize(asked).containsOnly("unavailable");
    }

    static Stream<Named<Runnable>> faults() {
        return Stream.of(
                named("an exception", () -> {
                    throw new IllegalStateException("odd");
                }),
                named("an error", () -> {
                    throw new StackOverflowError();
                }));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oddFaultOfTheEndpointIsOverForTheNext(Runnable fault) {
        // Given an endpoint that breaks once
        var source = source(() -> {
            if (asked == 1) {
                fault.run();
            }
            return token(LIFE);
        });

        // When
        assertFails(source, Kind.UNAVAILABLE);
        clock.advance(Duration.ofMinutes(1));

        // Then
        assertThat(source.current())
                .isCompletedWithValueMatching(secret -> secret.reveal().equals("tok-2"));
        assertThat(outcomes).containsExactly("unavailable", "fetched");
    }

    @Test
    void callersWaitForOneFlight() {
        // Given
        Deque<Runnable> later = new ArrayDeque<>();
        var source = new TokenSource(() -> token(LIFE), clock, later::add, outcomes::add);

        // When
        var waiting = IntStream.range(0, 20)
                .mapToObj(i -> source.current().toCompletableFuture())
                .toList();

        // Then
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(waiting.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(later).isEmpty();
        assertThat(outcomes).containsExactly("fetched");
    }

    @Test
    void refusedTokenIsReplacedOnceInAWhile() {
        // Given
        var source = source(() -> token(LIFE));
        var first = source.current().toCompletableFuture().join();

        // When
        assertThat(source.refused(first)).isTrue();
        var second = source.current().toCompletableFuture().join();

        // Then tokens are not what is wrong
        assertThat(second.reveal()).isNotEqualTo(first.reveal());
        assertThat(source.refused(first)).as("an older one").isTrue();
        assertThat(source.refused(second)).isFalse();
        assertThat(source.current()).isCompletedWithValue(second);

        // And later perhaps again
        clock.advance(Duration.ofMinutes(1));
        assertThat(source.refused(second)).isTrue();
    }

    private TokenSource source(TokenEndpoint endpoint) {
        return new TokenSource(
                () -> {
                    asked++;
                    return endpoint.fetch();
                },
                clock,
                Runnable::run,
                outcomes::add);
    }

    private Token token(Duration life) {
        return new Token(new Secret("tok-" + asked), life);
    }

    private static void assertFails(TokenSource source, Kind kind) {
        assertThatThrownBy(() -> source.current().toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CredentialException.class,
                        cause -> assertThat(cause.kind()).isEqualTo(kind));
    }
}
