/// What only the legacy era of MCP has: the handshake, sessions, and requests of the server.
@NullMarked
package dev.portcullis.proxy.mcp.legacy;

import org.jspecify.annotations.NullMarked;
