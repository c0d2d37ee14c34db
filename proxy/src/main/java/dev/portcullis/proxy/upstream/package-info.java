/// The upstream side: HTTP to the MCP servers.
@NullMarked
package dev.portcullis.proxy.upstream;

import org.jspecify.annotations.NullMarked;
