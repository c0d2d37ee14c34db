package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Whether two tokens are of the same holder.
class HolderTest {
    private static final String SIGNED = "{\"alg\":\"RS256\"}";
    private static final String UNSIGNED = "{\"alg\":\"none\"}";

    @Test
    void tokensOfOneHolderAreAlike() {
        assertThat(Holder.namedBy(token("https://a.example", "ada", 1)))
                .isPresent()
                .isEqualTo(Holder.namedBy(token("https://a.example", "ada", 2)));
    }

    @Test
    void tokensOfOthersDiffer() {
        assertThat(Holder.namedBy(token("https://a.example", "ada", 1)))
                .isNotEqualTo(Holder.namedBy(token("https://a.example", "bob", 1)))
                .isNotEqualTo(Holder.namedBy(token("https://b.example", "ada", 1)));
    }

    @Test
    void issuerAndSubjectDoNotRunTogether() {
        assertThat(Holder.namedBy(token("https://a.example b", "c", 1)))
                .isNotEqualTo(Holder.namedBy(token("https://a.example", "b c", 1)));
    }

    @Test
    void tokenThatNamesNobodyHasNoHolder() {
        assertThat(Holder.namedBy(jwt(SIGNED, "{\"iss\":\"https://a.example\"}")))
                .isEmpty();
        assertThat(Holder.namedBy(jwt(SIGNED, "{\"sub\":\"ada\"}"))).isEmpty();
        assertThat(Holder.namedBy("opaque")).isEmpty();
        assertThat(Holder.namedBy("a.b.c")).isEmpty();
    }

    @Test
    void unsignedTokenHasNoHolder() {
        assertThat(Holder.namedBy(jwt(UNSIGNED, claims("https://a.example", "ada", 1))))
                .isEmpty();
    }

    @Test
    void hugeTokenIsNotRead() {
        assertThat(Holder.namedBy(token("https://a.example", "ada".repeat(Tokens.MAX_LENGTH), 1)))
                .isEmpty();
    }

    private static String token(String issuer, String subject, int expiry) {
        return jwt(SIGNED, claims(issuer, subject, expiry));
    }

    private static String claims(String issuer, String subject, int expiry) {
        return "{\"iss\":\"%s\",\"sub\":\"%s\",\"exp\":%d}".formatted(issuer, subject, expiry);
    }

    private static String jwt(String header, String claims) {
        return base64(header) + "." + base64(claims) + "." + (header.equals(UNSIGNED) ? "" : base64("signature"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
