package dev.portcullis.proxy.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.portcullis.proxy.config.IssuerSettings;
import dev.portcullis.proxy.fixture.TestIssuer;
import dev.portcullis.proxy.identity.Identification.Fault;
import dev.portcullis.proxy.outbound.OutboundHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Who somebody is, and to which groups they belong, by what their token says.
class ClaimsTest {
    private static final String AUDIENCE = "https://gateway.example/mcp/guarded";
    private static final TestIssuer PROVIDER = new TestIssuer();
    private static final OutboundHttp HTTP = TestIssuer.wayTo(PROVIDER);

    @AfterAll
    static void close() throws IOException {
        HTTP.close();
        PROVIDER.close();
    }

    @Test
    void configuredClaimsNameTheCaller() throws Exception {
        // When
        var caller = known(
                issuer("oid", "email", "roles"),
                claims -> claims.claim("oid", "4711")
                        .claim("email", "ann@acme.test")
                        .claim("roles", List.of("ops", "dev")));

        // Then
        assertThat(caller.subject()).isEqualTo("4711");
        assertThat(caller.displayName()).isEqualTo("ann@acme.test");
        assertThat(caller.groups()).containsExactly("everybody", "ops", "dev");
    }

    @Test
    void withoutItsSubjectClaimATokenIsNobodys() throws Exception {
        assertThat(identify(issuer("oid", "name", "groups"), claims -> {}))
                .isEqualTo(new Identification.Unknown(Fault.CLAIMS_NOT_ACCEPTED));
        for (var odd : List.of("", " ", "a\nb", "x".repeat(201), List.of(), Map.of("a", "b"))) {
            assertThat(identify(issuer("oid", "name", "groups"), claims -> claims.claim("oid", odd)))
                    .as("%s", odd)
                    .isEqualTo(new Identification.Unknown(Fault.CLAIMS_NOT_ACCEPTED));
        }
    }

    @Test
    void subjectStandsForAMissingName() throws Exception {
        assertThat(known(issuer("sub", "nickname", "groups"), claims -> {}).displayName())
                .isEqualTo("alice");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            groups | not admins | everybody;not admins
            scope  | a b  c     | everybody;a;b;c
            scp    | a b        | everybody;a;b
            roles  | a,b        | everybody;a,b
            """)
    void oneTextIsOneGroupUnlessItListsScopes(String claim, String text, String groups) throws Exception {
        assertThat(known(issuer("sub", "name", claim), claims -> claims.claim(claim, text))
                        .groups())
                .containsExactly(groups.split(";"));
    }

    @Test
    void groupsWithSpacesInAListStayWhole() throws Exception {
        assertThat(known(
                                issuer("sub", "name", "scp"),
                                claims -> claims.claim("scp", List.of("not admins", "", "x".repeat(201))))
                        .groups())
                .containsExactly("everybody", "not admins");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "-9223372036854775808",
                "99999999999999999999999999",
                "9223372036854775",
                "1e300",
                "-1e300",
                "1e16",
                "\"tomorrow\"",
                "[1]",
                "{}",
                "true",
                "null"
            })
    void oddEndOfATokenIsNoFault(String end) throws Exception {
        // When
        var identification = identify(issuer("sub", "name", "groups"), raw("\"exp\":" + end));

        // Then it is refused, or known to a time that is far away
        if (identification instanceof Identification.Known(Caller.TokenHolder holder)) {
            assertThat(holder.tokenEnds()).isAfter(Instant.now().plus(Duration.ofDays(365)));
        } else {
            assertThat(identification).isInstanceOf(Identification.Unknown.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-9223372036854775808", "-1e300", "\"tomorrow\"", "[1]", "{}", "true", "null", "0", "-1"})
    void whatIsNoTimeToComeIsNoEnd(String end) throws Exception {
        assertThat(identify(issuer("sub", "name", "groups"), raw("\"exp\":" + end)))
                .isInstanceOf(Identification.Unknown.class);
    }

    private static String raw(String more) {
        return PROVIDER.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(PROVIDER.key().getKeyID())
                        .build(),
                "{\"iss\":\"" + PROVIDER.url() + "\",\"sub\":\"alice\",\"aud\":\"" + AUDIENCE + "\"," + more + "}");
    }

    private static Caller.TokenHolder known(Issuer issuer, Consumer<JWTClaimsSet.Builder> changes) throws Exception {
        var identification = identify(issuer, changes);
        assertThat(identification).isInstanceOf(Identification.Known.class);
        return (Caller.TokenHolder) ((Identification.Known) identification).caller();
    }

    private static Identification identify(Issuer issuer, Consumer<JWTClaimsSet.Builder> changes) throws Exception {
        return identify(issuer, PROVIDER.token(AUDIENCE, changes));
    }

    private static Identification identify(Issuer issuer, String token) throws Exception {
        return issuer.identify(SignedJWT.parse(token), Set.of(AUDIENCE));
    }

    private static Issuer issuer(String subjectClaim, String nameClaim, String groupsClaim) {
        return new Issuer(
                new IssuerSettings(
                        "corp",
                        PROVIDER.url(),
                        Optional.empty(),
                        Set.of("RS256"),
                        subjectClaim,
                        nameClaim,
                        groupsClaim,
                        List.of("everybody"),
                        Map.of(),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        false,
                        List.of()),
                HTTP,
                Clock.systemUTC());
    }
}
