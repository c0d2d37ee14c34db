package dev.portcullis.console.toolcalls.ui;

import dev.portcullis.console.toolcalls.ToolCall;
import dev.portcullis.console.toolcalls.ToolCallSummary;

import java.util.Optional;

/// What an exchange is called where it is one among others: by its tool, or else by the best that is known of it.
final class ExchangeName {
    private ExchangeName() {}

    static String of(ToolCall call) {
        return of(call.tool().or(call::method), call.httpMethod(), call.refusal(), call.exchanges());
    }

    static String of(ToolCallSummary call) {
        return of(call.tool().or(call::method), call.httpMethod(), call.refusal(), call.exchanges());
    }

    private static String of(
            Optional<String> named, Optional<String> httpMethod, Optional<String> refusal, Optional<Long> exchanges) {
        return exchanges
                .map("%,d requests, only counted"::formatted)
                .or(() -> named)
                .or(() -> httpMethod.flatMap(verb -> withoutName(verb, refusal)))
                .orElse("(unreadable request)");
    }

    /// The server's own stream and the end of a session carry no message, and a message is not read before it may
    /// go on.
    private static Optional<String> withoutName(String verb, Optional<String> refusal) {
        return switch (verb) {
            case "GET" -> Optional.of("GET (server stream)");
            case "DELETE" -> Optional.of("DELETE (end of session)");
            default -> refusal.filter("not_recordable"::equals).map(_ -> verb + " (not read)");
        };
    }
}
