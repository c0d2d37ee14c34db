package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.portcullis.proxy.fixture.TestClock;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Tokens of several providers beside each other.
class TokensTest {
    private static final String AUDIENCE = "https://gateway.example/mcp/guarded";
    private static final int PLACES = 64;

    private final TestIssuer provider = new TestIssuer();
    private final TestIssuer other = new TestIssuer();
    private final OutboundHttp http = TestIssuer.wayTo(provider, other);
    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() throws IOException {
        threads.close();
        http.close();
        provider.close();
        other.close();
    }

    @Test
    void slowProviderHoldsUpNobodyElses() throws Exception {
        // Given
        var tokens = tokens(
                new Issuer(provider.settings("slow"), http, clock), new Issuer(other.settings("quick"), http, clock));
        var latch = new CountDownLatch(1);
        provider.waitFor(latch);

        // When
        var waiting = IntStream.range(0, PLACES)
                .mapToObj(i -> tokens.identify(provider.token(AUDIENCE, claims -> {}), Set.of(AUDIENCE)))
                .toList();
        var oneTooMany = tokens.identify(provider.token(AUDIENCE, claims -> {}), Set.of(AUDIENCE));
        var others = settled(tokens.identify(other.token(AUDIENCE, claims -> {}), Set.of(AUDIENCE)));

        // Then
        assertThat(waiting).hasOnlyElementsOfType(Identification.Pending.class);
        assertThat(oneTooMany).isEqualTo(new Identification.Unverifiable("slow"));
        assertThat(others).isInstanceOf(Identification.Known.class);

        // And the places are free again
        latch.countDown();
        for (var one : waiting) {
            assertThat(settled(one)).isInstanceOf(Identification.Known.class);
        }
        assertThat(settled(tokens.identify(provider.token(AUDIENCE, claims -> {}), Set.of(AUDIENCE))))
                .isInstanceOf(Identification.Known.class);
    }

    @Test
    void issuersOfOneProviderAreToldApartByTheirConditions() throws Exception {
        // Given
        var tokens = tokens(
                new Issuer(provider.settings("release", Map.of("ref", List.of("refs/heads/main"))), http, clock),
                new Issuer(provider.settings("build", Map.of("ref", List.of("refs/heads/*"))), http, clock));

        // Then
        assertThat(subject(tokens, "refs/heads/main")).isEqualTo("release:alice");
        assertThat(subject(tokens, "refs/heads/x")).isEqualTo("build:alice");
        assertThat(settled(tokens.identify(
                        provider.token(AUDIENCE, claims -> claims.claim("ref", "refs/tags/x")), Set.of(AUDIENCE))))
                .isEqualTo(new Identification.Unknown(Fault.CLAIMS_NOT_ACCEPTED));
    }

    @Test
    void rememberedTokenEndsAllTheSame() throws Exception {
        // Given
        var tokens = tokens(new Issuer(provider.settings("corp"), http, clock));
        var token = provider.token(AUDIENCE, claims -> {});
        assertThat(settled(tokens.identify(token, Set.of(AUDIENCE)))).isInstanceOf(Identification.Known.class);
        assertThat(tokens.identify(token, Set.of(AUDIENCE))).as("remembered").isInstanceOf(Identification.Known.class);
        assertThat(settled(tokens.identify(token, Set.of(AUDIENCE + "-2"))))
                .as("for somebody else")
                .isEqualTo(new Identification.Unknown(Fault.WRONG_AUDIENCE));

        // When, with the skew
        clock.advance(Duration.ofSeconds(306));

        // Then
        assertThat(tokens.identify(token, Set.of(AUDIENCE))).isEqualTo(new Identification.Unknown(Fault.TOKEN_EXPIRED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void nestingWithoutEndIsRefused(String opening) throws Exception {
        // Given
        var tokens = tokens(new Issuer(provider.settings("corp"), http, clock));
        var closing = opening.startsWith("[") ? "]" : "}";
        var bomb = opening.repeat(5_000 / opening.length()) + "1" + closing.repeat(5_000 / opening.length());
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(provider.key().getKeyID())
                .build();

        // When
        var inClaims = provider.signed(header, "{\"iss\":\"" + provider.url() + "\",\"x\":" + bomb + "}");
        var inHeader = encoded("{\"alg\":\"RS256\",\"x\":" + bomb + "}") + "."
                + encoded("{\"iss\":\"" + provider.url() + "\"}") + ".AAAA";

        // Then
        for (var token : List.of(inClaims, inHeader)) {
            assertThat(token).hasSizeLessThan(Tokens.MAX_LENGTH);
            assertThat(tokens.mayKnow(token)).isFalse();
            assertThat(settled(tokens.identify(token, Set.of(AUDIENCE)))).isInstanceOf(Identification.Unknown.class);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Tokens tokens(Issuer... issuers) {
        return new Tokens(List.of(issuers), clock, threads);
    }

    private String subject(Tokens tokens, String ref) throws Exception {
        var token = provider.token(AUDIENCE, claims -> claims.claim("ref", ref));
        return ((Identification.Known) settled(tokens.identify(token, Set.of(AUDIENCE))))
                .caller()
                .facts()
                .subject()
                .orElseThrow();
    }

    private static Identification settled(Identification identification) throws Exception {
        return identification instanceof Identification.Pending pending
                ? pending.settled().toCompletableFuture().get(10, TimeUnit.SECONDS)
                : identification;
    }
}
