package dev.portcullis.sandbox.tools;

import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;

import java.time.Duration;

/// A result that comes in pages: one progress notification for each, if the caller gave a token to
/// report to.
///
/// The pause stands for the far side that a real server reads its pages from; it makes a call slow
/// enough to be watched, cancelled and cut. Runs on the request's own virtual thread and holds no lock.
final class Progress {

    static final Duration PAGE = Duration.ofMillis(50);

    private Progress() {}

    static void report(McpSyncServerExchange exchange, CallToolRequest request, int pages) {
        var token = request.progressToken();
        for (var page = 1; page <= pages; page++) {
            pause();
            if (token != null) {
                exchange.progressNotification(ProgressNotification.builder(token, page)
                        .total((double) pages)
                        .message("Page %d of %d".formatted(page, pages))
                        .build());
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAGE);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
