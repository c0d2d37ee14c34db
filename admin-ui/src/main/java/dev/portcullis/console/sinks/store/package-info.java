/// Cursors, and what is still to be sent.
@NullMarked
package dev.portcullis.console.sinks.store;

import org.jspecify.annotations.NullMarked;
