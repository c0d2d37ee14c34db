package dev.portcullis.console.toolcalls.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.console.toolcalls.ToolCallSummary;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

class ExchangeNameTest {
    @Test
    void toolNamesItsCall() {
        assertThat(name("POST", "tools/call", "delete_entity", null, null)).isEqualTo("delete_entity");
    }

    @Test
    void methodNamesWhatHasNoTool() {
        assertThat(name("POST", "tools/list", null, null, null)).isEqualTo("tools/list");
    }

    @Test
    void whatHasNoMessageIsNamedByItsVerb() {
        assertThat(name("GET", null, null, null, null)).isEqualTo("GET (server stream)");
        assertThat(name("DELETE", null, null, null, null)).isEqualTo("DELETE (end of session)");
    }

    @Test
    void whatWasNotReadIsNotCalledUnreadable() {
        assertThat(name("POST", null, null, "not_recordable", null)).isEqualTo("POST (not read)");
        assertThat(name("POST", null, null, "malformed", null)).isEqualTo("(unreadable request)");
    }

    @Test
    void recordOfManySaysHowMany() {
        assertThat(name(null, null, null, "not_recordable", 5_000L)).matches("5.000 requests, only counted");
    }

    private static String name(
            @Nullable String httpMethod,
            @Nullable String method,
            @Nullable String tool,
            @Nullable String refusal,
            @Nullable Long exchanges) {
        return ExchangeName.of(new ToolCallSummary(
                UUID.randomUUID(),
                OffsetDateTime.parse("2026-03-01T12:00:00Z"),
                Optional.empty(),
                Optional.ofNullable(method),
                Optional.ofNullable(httpMethod),
                Optional.ofNullable(tool),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "refused",
                Optional.ofNullable(refusal),
                Optional.empty(),
                Optional.ofNullable(exchanges)));
    }
}
