/// What a JSON-RPC message means in MCP, in both eras.
@NullMarked
package dev.portcullis.proxy.mcp;

import org.jspecify.annotations.NullMarked;
