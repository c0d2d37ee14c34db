/// Writes of upstream credentials.
@NullMarked
package dev.portcullis.console.credentials.store;

import org.jspecify.annotations.NullMarked;
