package dev.portcullis.sandbox.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Clock;

/// Nothing grows for ever: the least recently used one goes.
class BoundsTest {

    private final Clock clock = Clock.systemUTC();

    @Test
    void clientsAreForgotten() {
        // Given
        var clients = new Clients(clock);
        var first = clients.register(new ClientMetadata()).getID();
        var second = clients.register(new ClientMetadata()).getID();

        // When
        for (var number = 0; number < Clients.CAPACITY - 1; number++) {
            clients.find(first);
            clients.register(new ClientMetadata());
        }

        // Then
        assertThat(clients.find(first)).isPresent();
        assertThat(clients.find(second)).isEmpty();
    }

    @Test
    void codesAreForgotten() {
        // Given
        var codes = new Codes(clock);
        var redirect = URI.create("http://127.0.0.1/");
        var verifier = new CodeVerifier();
        var challenge = CodeChallenge.compute(CodeChallengeMethod.S256, verifier);
        var approval = new Codes.Approval("client", redirect, challenge, "mcp", "a");
        var first = codes.issue(approval);
        var second = codes.issue(approval);

        // When
        for (var number = 0; number < Codes.CAPACITY - 1; number++) {
            codes.issue(approval);
        }

        // Then
        assertThat(codes.redeem(new AuthorizationCodeGrant(first, redirect, verifier), "client"))
                .isEmpty();
        assertThat(codes.redeem(new AuthorizationCodeGrant(second, redirect, verifier), "client"))
                .isPresent();
    }

    @Test
    void grantsAreForgotten() {
        // Given
        var grants = new Grants(clock, Faults.NONE);
        var first = grants.open(Grant.Kind.MACHINE, "ci", "mcp", "a");

        // When
        for (var number = 0; number < Grants.CAPACITY; number++) {
            grants.open(Grant.Kind.MACHINE, "ci", "mcp", "a");
        }

        // Then
        assertThat(grants.live(first.id())).isEmpty();
    }

    @Test
    void limitsAreForgotten() {
        // Given
        var limit = new TokenLimit(clock, Faults.NONE.with(Fault.TOKEN_LIMIT, 1));
        limit.count("first");

        // When
        for (var number = 0; number < TokenLimit.CAPACITY; number++) {
            limit.count("client-" + number);
        }

        // Then
        assertThat(limit.count("first")).isEmpty();
        assertThat(limit.count("first")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp.port.example", "https://mcp.port.example/", "https://a@b", "ftp://a", "https://a?b"})
    void publicUrlIsAnOrigin(String url) {
        assertThatThrownBy(() -> SandboxOAuth.STANDARD.withPublicUrl(URI.create(url)))
                .hasMessage("public URL: " + url + " (expected: http or https, no path)");
    }
}
