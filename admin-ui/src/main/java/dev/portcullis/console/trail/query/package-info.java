/// Reads of the chains.
@NullMarked
package dev.portcullis.console.trail.query;

import org.jspecify.annotations.NullMarked;
