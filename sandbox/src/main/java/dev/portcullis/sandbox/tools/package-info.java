/// The tools of Port's MCP server, one class for each family, on top of the catalogue.
@NullMarked
package dev.portcullis.sandbox.tools;

import org.jspecify.annotations.NullMarked;
