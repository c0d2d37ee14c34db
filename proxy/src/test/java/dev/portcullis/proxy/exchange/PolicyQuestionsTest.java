package dev.portcullis.proxy.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Decision;
import dev.portcullis.policy.Eventual;
import dev.portcullis.proxy.jsonrpc.JsonRpcMessage;
import dev.portcullis.proxy.mcp.Era;
import dev.portcullis.proxy.mcp.McpMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class PolicyQuestionsTest {
    @Test
    void messageThatTakesItsTimeIsJudgedAsOfItsEnd() {
        // Given
        var identified = Identifieds.by(input -> Eventual.now(new Decision.Allow(
                7, new Decision.Obligations(Optional.empty(), Optional.empty()), Set.of(), List.of())));
        var decoded = new Stage.Decoded(
                identified,
                Era.LEGACY,
                new McpMessage.Notification("notifications/initialized"),
                new JsonRpcMessage.Notification("notifications/initialized", JsonNodeFactory.instance.objectNode()),
                false,
                Optional.empty());
        var complete = Instant.EPOCH.plusSeconds(3_000);

        // When
        var asked = PolicyQuestions.message(decoded, complete);

        // Then
        assertThat(asked.time()).isEqualTo(complete);
        assertThat(identified.connection().time()).isEqualTo(Instant.EPOCH);
        assertThat(asked.caller()).isEqualTo(identified.connection().caller());
    }
}
