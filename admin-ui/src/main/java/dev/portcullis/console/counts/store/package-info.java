/// Counts calls.
@NullMarked
package dev.portcullis.console.counts.store;

import org.jspecify.annotations.NullMarked;
