package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Keys of a provider over time: new ones, old ones, and none because it is away.
class CurrentKeysTest {
    private static final String AUDIENCE = "https://gateway.example/mcp/guarded";
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration KEPT_FOR = Duration.ofHours(2);

    private final TestIssuer provider = new TestIssuer();
    private final OutboundHttp http = TestIssuer.wayTo(provider);
    private final TestClock clock = new TestClock();
    private final Issuer issuer = new Issuer(provider.keepingKeysFor(KEPT_FOR), http, clock);

    @AfterEach
    void close() throws IOException {
        http.close();
        provider.close();
    }

    @Test
    void keysAreAskedForOnceWhileTheyAreFresh() throws Exception {
        // When
        for (int i = 0; i < 10; i++) {
            assertKnown(provider.token(AUDIENCE, this::lasting));
        }

        // Then
        assertThat(provider.fetches()).isOne();
    }

    @Test
    void newKeyIsFoundAtOnceBesideTheOldOne() throws Exception {
        // Given
        var old = provider.token(AUDIENCE, this::lasting);
        assertKnown(old);

        // When
        provider.rotate();

        // Then
        assertKnown(provider.token(AUDIENCE, this::lasting));
        assertKnown(old);
        assertThat(provider.fetches()).isEqualTo(2);
    }

    @Test
    void keyThatIsTakenBackIsGoodNoMore() throws Exception {
        // Given
        var old = provider.token(AUDIENCE, this::lasting);
        assertKnown(old);
        provider.rotate();

        // When
        provider.publish(List.of(provider.key()));
        clock.advance(FRESH.plusSeconds(1));

        // Then
        assertThat(identify(old)).isEqualTo(new Identification.Unknown(Fault.TOKEN_NOT_ACCEPTED));
        assertKnown(provider.token(AUDIENCE, this::lasting));
    }

    @Test
    void madeUpKeysDoNotHammerTheProvider() throws Exception {
        // Given
        assertKnown(provider.token(AUDIENCE, this::lasting));

        // When
        for (int i = 0; i < 20; i++) {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .build();
            assertThat(identify(provider.token(header, AUDIENCE, this::lasting)))
                    .isEqualTo(new Identification.Unknown(Fault.TOKEN_NOT_ACCEPTED));
        }

        // Then
        assertThat(provider.fetches()).isLessThanOrEqualTo(2);
        assertKnown(provider.token(AUDIENCE, this::lasting));
    }

    @Test
    void keysOfAProviderThatIsAwayServeForAWhile() throws Exception {
        // Given
        assertKnown(provider.token(AUDIENCE, this::lasting));
        provider.goDown(true);

        // When, then
        clock.advance(FRESH.plusSeconds(1));
        assertKnown(provider.token(AUDIENCE, this::lasting));
        clock.advance(KEPT_FOR.minus(FRESH).minusSeconds(10));
        assertKnown(provider.token(AUDIENCE, this::lasting));

        // And no longer
        clock.advance(FRESH.plusSeconds(20));
        assertThat(identify(provider.token(AUDIENCE, this::lasting)))
                .isEqualTo(new Identification.Unverifiable("corp"));

        // And again when it is back
        provider.goDown(false);
        clock.advance(Duration.ofSeconds(31));
        assertKnown(provider.token(AUDIENCE, this::lasting));
    }

    @Test
    void newKeyOfAProviderThatIsAwayCannotBeChecked() throws Exception {
        // Given
        assertKnown(provider.token(AUDIENCE, this::lasting));
        provider.rotate();
        provider.goDown(true);
        var token = provider.token(AUDIENCE, this::lasting);

        // When
        var identification = identify(token);

        // Then
        assertThat(identification).isEqualTo(new Identification.Unverifiable("corp"));
        provider.goDown(false);
        clock.advance(Duration.ofSeconds(31));
        assertKnown(token);
    }

    @Test
    void shortPatienceWithAProviderIsKept() throws Exception {
        // Given
        var strict = new Issuer(provider.keepingKeysFor(Duration.ofMinutes(1)), http, clock);
        assertThat(strict.identify(SignedJWT.parse(provider.token(AUDIENCE, this::lasting)), Set.of(AUDIENCE)))
                .isInstanceOf(Identification.Known.class);
        provider.goDown(true);

        // When
        clock.advance(Duration.ofSeconds(61));

        // Then
        assertThat(strict.identify(SignedJWT.parse(provider.token(AUDIENCE, this::lasting)), Set.of(AUDIENCE)))
                .isEqualTo(new Identification.Unverifiable("corp"));
    }

    private void assertKnown(String token) throws ParseException {
        assertThat(identify(token)).isInstanceOf(Identification.Known.class);
    }

    private Identification identify(String token) throws ParseException {
        return issuer.identify(SignedJWT.parse(token), Set.of(AUDIENCE));
    }

    /// So that only keys decide.
    private void lasting(JWTClaimsSet.Builder claims) {
        claims.expirationTime(Date.from(clock.instant().plus(Duration.ofDays(1))));
    }
}
