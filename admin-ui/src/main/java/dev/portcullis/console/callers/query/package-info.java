/// Reads of callers, sessions and revocations.
@NullMarked
package dev.portcullis.console.callers.query;

import org.jspecify.annotations.NullMarked;
