/// A stand-in for Port's MCP server: HTTP, sessions, control headers, one catalogue for each name.
@NullMarked
package dev.portcullis.sandbox;

import org.jspecify.annotations.NullMarked;
