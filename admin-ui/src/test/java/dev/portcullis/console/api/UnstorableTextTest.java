package dev.portcullis.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.RunningConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The one character that PostgreSQL has no place for is the sender's mistake, not the console's.
class UnstorableTextTest {
    private final RunningConsole console = RunningConsole.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/tool-calls?q=%00",
                "/api/v1/tool-calls?route=a%00b",
                "/api/v1/callers?text=%00",
                "/api/v1/admin-events?actor=%00",
                "/api/v1/people/%00"
            })
    void questionWithItIsRefused(String path) {
        var answer = console.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void bodyWithItIsRefusedAndNothingIsWritten() {
        var kill = console.post("/api/v1/kills", "{\"scope\": {\"callers\": [\"nobody\"]}, \"reason\": \"a\\u0000b\"}");
        var draft = console.send("PUT", "/api/v1/policy/draft", "application/yaml", "a\u0000b");

        assertThat(kill.statusCode()).isEqualTo(400);
        assertThat(draft.statusCode()).isEqualTo(400);
        assertThat(draft.body()).contains("detail");
    }
}
