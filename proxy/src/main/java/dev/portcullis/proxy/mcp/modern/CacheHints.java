package dev.portcullis.proxy.mcp.modern;

import tools.jackson.databind.node.ObjectNode;

/// How long, and for whom, a client may keep a result.
///
/// What passes the gateway depends on the caller and on a policy that may change, so it is never shared
/// and never kept for long.
///
/// @see <a
///     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching">MCP,
///     caching</a>
public final class CacheHints {
    private static final String SCOPE = "cacheScope";
    private static final String TTL = "ttlMs";
    private static final String PRIVATE = "private";

    private CacheHints() {}

    /// Whether `result` says anything about caching.
    public static boolean in(ObjectNode result) {
        return result.has(SCOPE) || result.has(TTL);
    }

    /// Makes `result` private, and kept for at most `maxMillis`.
    public static void tighten(ObjectNode result, long maxMillis) {
        var ttl = result.path(TTL);
        var wanted = ttl.isIntegralNumber() && ttl.canConvertToLong() ? Math.max(0, ttl.asLong()) : 0;
        result.put(SCOPE, PRIVATE);
        result.put(TTL, Math.min(wanted, maxMillis));
    }
}
