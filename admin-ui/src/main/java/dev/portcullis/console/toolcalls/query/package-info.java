/// Reads of the audit trail.
@NullMarked
package dev.portcullis.console.toolcalls.query;

import org.jspecify.annotations.NullMarked;
