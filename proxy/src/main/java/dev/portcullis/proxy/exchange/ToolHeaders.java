package dev.portcullis.proxy.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.proxy.binding.Holder;
import dev.portcullis.proxy.mcp.modern.ParameterHeaders;
import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Remembers which arguments of a tool are repeated in headers, from the lists of tools that pass.
///
/// A call of a tool that was not seen yet is not compared here: the policy judges the body, and the
/// server must compare for itself. Holds at most 20,000 tools, each for a day after it was last seen.
/// Safe for all threads.
public final class ToolHeaders {
    private static final int MAX_TOOLS = 20_000;

    private final Cache<Tool, ParameterHeaders> seen = Caffeine.newBuilder()
            .maximumSize(MAX_TOOLS)
            .expireAfterAccess(Duration.ofDays(1))
            .build();

    /// Servers may define one tool differently for different callers.
    private record Tool(Holder holder, String name) {}

    void learn(Holder holder, List<JsonNode> definitions) {
        definitions.forEach(definition -> {
            var headers = ParameterHeaders.of(definition);
            var tool = new Tool(holder, definition.path("name").asString());
            if (headers.parameters().isEmpty()) {
                seen.invalidate(tool);
            } else {
                seen.put(tool, headers);
            }
        });
    }

    Optional<ParameterHeaders> of(Holder holder, String tool) {
        return Optional.ofNullable(seen.getIfPresent(new Tool(holder, tool)));
    }
}
