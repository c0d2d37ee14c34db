/// Reads what was counted.
@NullMarked
package dev.portcullis.console.counts.query;

import org.jspecify.annotations.NullMarked;
