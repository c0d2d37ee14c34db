/// Reads of admin tokens.
@NullMarked
package dev.portcullis.console.access.query;

import org.jspecify.annotations.NullMarked;
