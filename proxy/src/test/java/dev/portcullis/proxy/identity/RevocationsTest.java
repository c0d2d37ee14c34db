package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

class RevocationsTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final Revocations revocations = new Revocations(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void everythingIsRevokedAsLongAsNobodyKnowsWhatIs() {
        assertThat(revocations.hasSession("0".repeat(32))).isTrue();
        assertThat(revocations.hasGrantOf(holder(Optional.of(NOW)))).isTrue();
        assertThat(revocations.hasGrantOf(new Caller.Anonymous())).isFalse();
    }

    @Test
    void nothingIsRevokedWhenNothingIs() {
        revocations.replace(List.of(), List.of());

        assertThat(revocations.hasSession("0".repeat(32))).isFalse();
        assertThat(revocations.hasGrantOf(holder(Optional.empty()))).isFalse();
    }

    @Test
    void sessionIsRevokedUntilItsEnd() {
        revocations.replace(
                List.of(
                        new Revocations.Session("a", NOW.plusSeconds(1)),
                        new Revocations.Session("b", NOW),
                        new Revocations.Session("c", NOW.plusSeconds(1)),
                        new Revocations.Session("c", NOW)),
                List.of());

        assertThat(List.of("a", "b", "c", "d"))
                .filteredOn(revocations::hasSession)
                .containsExactly("a", "c");
    }

    @Test
    void grantIsRevokedForWhatWasIssuedBefore() {
        revocations.replace(
                List.of(),
                List.of(
                        new Revocations.Grant("corp:ada", NOW.minusSeconds(100), NOW.plusSeconds(1)),
                        new Revocations.Grant("corp:ada", NOW.minusSeconds(10), NOW.plusSeconds(1)),
                        new Revocations.Grant("corp:ada", NOW.minusSeconds(1), NOW)));

        assertThat(revocations.hasGrantOf(holder(Optional.of(NOW.minusSeconds(11)))))
                .isTrue();
        assertThat(revocations.hasGrantOf(holder(Optional.of(NOW.minusSeconds(10)))))
                .isFalse();
        assertThat(revocations.hasGrantOf(holder(Optional.empty()))).isTrue();
        assertThat(revocations.hasGrantOf(
                        new Caller.PassedThrough(Optional.empty(), Optional.of(holder(Optional.empty())))))
                .isTrue();
    }

    private static Caller.TokenHolder holder(Optional<Instant> issuedAt) {
        return new Caller.TokenHolder("corp", "ada", "Ada", List.of(), issuedAt, NOW.plusSeconds(60));
    }
}
