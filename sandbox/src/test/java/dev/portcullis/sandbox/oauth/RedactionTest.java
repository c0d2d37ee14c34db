package dev.portcullis.sandbox.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.Map;

/// What holds a token or a secret does not print it.
class RedactionTest {

    @Test
    void answerDoesNotShowItsBody() {
        assertThat(Answer.json(200, Map.of("access_token", "t0ken"))).hasToString("Answer[200]");
    }

    @Test
    void refreshTokenIsNotShown() {
        // Given
        var grants = new Grants(Clock.systemUTC(), Faults.NONE);
        var grant = grants.open(Grant.Kind.PERSON, "client", "mcp", "a");
        var first = grants.refreshable(grant).getValue();

        // When
        var refreshed = grants.refresh(first, "client").orElseThrow();

        // Then
        assertThat(refreshed.toString())
                .contains(grant.id())
                .doesNotContain(refreshed.token().getValue());
    }

    @Test
    void machinesSecretIsNotShown() {
        assertThat(SandboxOAuth.STANDARD.toString()).contains("sandbox-client").doesNotContain("sandbox-secret");
    }
}
