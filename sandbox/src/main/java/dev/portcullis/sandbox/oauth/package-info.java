/// Signing in at the sandbox: its authorization server, and the guard before its MCP endpoints.
@NullMarked
package dev.portcullis.sandbox.oauth;

import org.jspecify.annotations.NullMarked;
