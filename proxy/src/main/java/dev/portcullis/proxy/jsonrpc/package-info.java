/// JSON-RPC 2.0, read strictly, and nothing about MCP.
@NullMarked
package dev.portcullis.proxy.jsonrpc;

import org.jspecify.annotations.NullMarked;
