package dev.portcullis.console.signin.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.portcullis.configuration.Secret;
import dev.portcullis.console.RunningConsole;
import dev.portcullis.console.access.Roles;
import dev.portcullis.console.signin.SignInSettings;
import dev.portcullis.console.signin.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.session.SessionRegistry;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

class ProviderSignInTest {
    private static final String START = "/oauth2/authorization/provider";

    private static OwnProvider provider;
    private static RunningConsole console;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        provider = new OwnProvider();
        provider.isAway(true);
        console = RunningConsole.with(new SignInSettings(
                false,
                Optional.of(new IdentityProvider(
                        URI.create(provider.issuer()),
                        OwnProvider.CLIENT,
                        new Secret(OwnProvider.SECRET),
                        "RS256",
                        List.of("openid"),
                        "preferred_username",
                        "groups",
                        Map.of("platform", List.of(Roles.EDITOR, Roles.APPROVER), "security", List.of(Roles.AUDITOR)),
                        "Sign in with Acme")),
                Optional.empty()));
        // The console has started without it, and says so to whoever comes meanwhile.
        assertThat(Visitor.location(new Visitor(console).get(console.uri(START))))
                .endsWith("/sign-in?provider");
        provider.isAway(false);
    }

    @AfterAll
    static void stop() {
        console.close();
        provider.close();
    }

    @Test
    void memberOfAGroupHasItsRoles() {
        // Given
        provider.says("alice", List.of("platform", "security", "others"));
        var alice = new Visitor(console);

        // When
        var end = signIn(alice);

        // Then
        assertThat(end).doesNotContain("sign-in");
        assertThat(alice.isIn()).isTrue();
        assertThat(console.events("signin.succeeded")).contains("sso:alice signin.succeeded");
        assertThat(console.parts().getBean(SessionRegistry.class).getAllPrincipals())
                .filteredOn(person ->
                        person instanceof ProviderPerson known && known.name().equals("sso:alice"))
                .first()
                .satisfies(person -> assertThat(((ProviderPerson) person).getAuthorities())
                        .extracting(GrantedAuthority::getAuthority)
                        .containsExactlyInAnyOrder("ROLE_EDITOR", "ROLE_APPROVER", "ROLE_AUDITOR", "ROLE_VIEWER"));
    }

    @Test
    void whoeverHasNoRoleIsToldSo() {
        // Given
        provider.says("carol", List.of("contractors"));
        var carol = new Visitor(console);

        // When
        var end = signIn(carol);

        // Then
        assertThat(end).endsWith("/sign-in?no-role");
        assertThat(carol.isIn()).isFalse();
        assertThat(console.events("signin.failed")).contains("sso:carol signin.failed");
    }

    @Test
    void groupMayBeOneText() {
        provider.says(claims -> claims.claim("preferred_username", "dora").claim("groups", "security"));

        var dora = new Visitor(console);
        signIn(dora);

        assertThat(dora.isIn()).isTrue();
    }

    static Stream<UnaryOperator<JWTClaimsSet.Builder>> lies() {
        return Stream.of(
                claims -> claims.claim("preferred_username", null),
                claims -> claims.claim("preferred_username", "x".repeat(129)),
                claims -> claims.claim("preferred_username", "a\nb"),
                claims -> claims.claim("preferred_username", 7),
                // Each would look like somebody else.
                claims -> claims.claim("preferred_username", "mal\u200blory"),
                claims -> claims.claim("preferred_username", "mallory\u202e"),
                claims -> claims.claim("preferred_username", " mallory"),
                claims -> claims.claim("preferred_username", "mallory\u00a0"),
                claims -> claims.issuer("https://login.example.com"),
                claims -> claims.audience("another-client"),
                claims -> claims.claim("nonce", "another"),
                claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(1_200)))
                        .expirationTime(Date.from(Instant.now().minusSeconds(600))));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void tokenThatIsNotRightOpensNothing(UnaryOperator<JWTClaimsSet.Builder> lie) {
        // Given
        provider.says(claims ->
                lie.apply(claims.claim("preferred_username", "mallory").claim("groups", List.of("platform"))));
        var mallory = new Visitor(console);

        // When
        var end = signIn(mallory);

        // Then
        assertThat(end).endsWith("/sign-in?provider");
        assertThat(mallory.isIn()).isFalse();
        assertThat(console.events("signin.failed")).contains("unknown signin.failed");
    }

    @Test
    void tokenOfAnotherKeyOpensNothing() {
        provider.says("mallory", List.of("platform"));
        provider.forges();

        var mallory = new Visitor(console);

        assertThat(signIn(mallory)).endsWith("/sign-in?provider");
        assertThat(mallory.isIn()).isFalse();
    }

    @Test
    void answerThatNobodyHasAskedForIsRefusedAndFillsNoRecord() {
        var before = console.events("signin.failed").size();

        var end = new Visitor(console).get(console.uri("/login/oauth2/code/provider?code=x&state=y"));

        assertThat(Visitor.location(end)).endsWith("/sign-in?provider");
        assertThat(console.events("signin.failed")).hasSize(before);
    }

    @Test
    void passwordsAreOfNoUseWhereTheyAreSwitchedOff() {
        var admin = new Visitor(console);

        assertThat(admin.signIn("admin", console.firstPassword())).endsWith("/sign-in?error");
        assertThat(admin.isIn()).isFalse();
    }

    @Test
    void thereIsNoOtherWayInWithoutAProvider() {
        var answer =
                new Visitor(RunningConsole.shared()).get(RunningConsole.shared().uri(START));

        assertThat(Visitor.location(answer)).endsWith("/sign-in");
    }

    /// @return where the last of the four steps leads
    private static String signIn(Visitor person) {
        var toProvider = Visitor.location(person.get(console.uri(START)));
        assertThat(toProvider)
                .startsWith(provider.issuer() + "/authorize?")
                .contains("code_challenge_method=S256", "nonce=", "state=");
        var back = Visitor.location(person.get(URI.create(toProvider)));
        assertThat(back).startsWith(console.uri("/login/oauth2/code/provider?").toString());
        return Visitor.location(person.get(URI.create(back)));
    }
}
