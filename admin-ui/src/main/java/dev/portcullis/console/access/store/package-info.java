/// Writes of admin tokens.
@NullMarked
package dev.portcullis.console.access.store;

import org.jspecify.annotations.NullMarked;
