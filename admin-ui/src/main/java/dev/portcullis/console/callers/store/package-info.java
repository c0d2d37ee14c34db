/// Rolls the trail up into callers, and writes revocations.
@NullMarked
package dev.portcullis.console.callers.store;

import org.jspecify.annotations.NullMarked;
