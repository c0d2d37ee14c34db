/// What only the modern era of MCP has: all facts in each request, subscriptions, and answers that ask
/// for input.
@NullMarked
package dev.portcullis.proxy.mcp.modern;

import org.jspecify.annotations.NullMarked;
