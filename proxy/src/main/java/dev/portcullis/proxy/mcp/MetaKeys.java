package dev.portcullis.proxy.mcp;

/// The keys of `_meta` that this gateway reads.
///
/// @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/index">MCP, _meta</a>
public final class MetaKeys {
    public static final String META = "_meta";
    public static final String VERSION = "io.modelcontextprotocol/protocolVersion";
    public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";
    public static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
    public static final String RELATED_TASK = "io.modelcontextprotocol/related-task";

    private MetaKeys() {}
}
