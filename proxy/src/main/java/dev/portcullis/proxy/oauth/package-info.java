/// What lets MCP clients sign in through the gateway: the metadata of its endpoints, and challenges that
/// name it.
@NullMarked
package dev.portcullis.proxy.oauth;

import org.jspecify.annotations.NullMarked;
